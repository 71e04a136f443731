/* errno from Win32 errors, and the texts of strerror (Microsoft's documentation, "errno
 * constants" and "_doserrno, errno, _sys_errlist, and _sys_nerr"). */
#include <stdio.h>
#include "crt.h"

#define TEXT_ROOM 134

static const struct {
  unsigned short os;
  unsigned char own;
} translations[] = {
    {1, EINVAL},   {2, ENOENT},    {3, ENOENT},   {4, EMFILE},   {5, EACCES},   {6, EBADF},
    {7, ENOMEM},   {8, ENOMEM},    {9, ENOMEM},   {10, E2BIG},   {11, ENOEXEC}, {12, EINVAL},
    {13, EINVAL},  {15, ENOENT},   {16, EACCES},  {17, EXDEV},   {18, ENOENT},  {33, EACCES},
    {53, ENOENT},  {65, EACCES},   {67, ENOENT},  {80, EEXIST},  {82, EACCES},  {83, EACCES},
    {87, EINVAL},  {89, EAGAIN},   {108, EACCES}, {109, EPIPE},  {112, ENOSPC}, {114, EBADF},
    {128, ECHILD}, {129, ECHILD},  {130, EBADF},  {131, EINVAL}, {132, EACCES}, {145, ENOTEMPTY},
    {158, EACCES}, {161, ENOENT},  {164, EAGAIN}, {167, EACCES}, {183, EEXIST}, {206, ENOENT},
    {215, EAGAIN}, {1816, ENOMEM},
};

static int from_os_error(DWORD error) {
  for (size_t i = 0; i < sizeof translations / sizeof translations[0]; ++i) {
    if (translations[i].os == error) return translations[i].own;
  }
  if (error >= 19 && error <= 36) return EACCES;    /* write protection to sharing buffers */
  if (error >= 188 && error <= 202) return ENOEXEC; /* kinds of bad images */
  return EINVAL;
}

void crt_set_os_error(DWORD error) {
  _doserrno = error;
  errno = from_os_error(error);
}

/* msvcrt exports the list and its length as they are. */
const char* const _sys_errlist[] = {
    "No error",
    "Operation not permitted",
    "No such file or directory",
    "No such process",
    "Interrupted function call",
    "Input/output error",
    "No such device or address",
    "Arg list too long",
    "Exec format error",
    "Bad file descriptor",
    "No child processes",
    "Resource temporarily unavailable",
    "Not enough space",
    "Permission denied",
    "Bad address",
    "Unknown error",
    "Resource device",
    "File exists",
    "Improper link",
    "No such device",
    "Not a directory",
    "Is a directory",
    "Invalid argument",
    "Too many open files in system",
    "Too many open files",
    "Inappropriate I/O control operation",
    "Unknown error",
    "File too large",
    "No space left on device",
    "Invalid seek",
    "Read-only file system",
    "Too many links",
    "Broken pipe",
    "Domain error",
    "Result too large",
    "Unknown error",
    "Resource deadlock avoided",
    "Unknown error",
    "Filename too long",
    "No locks available",
    "Function not implemented",
    "Directory not empty",
    "Illegal byte sequence",
    "Unknown error",
};
#define LAST_ERROR ((int)(sizeof _sys_errlist / sizeof _sys_errlist[0]) - 1)

int _sys_nerr = LAST_ERROR;

const char* const* __sys_errlist(void) {
  return _sys_errlist;
}
int* __sys_nerr(void) {
  return &_sys_nerr;
}

const char* crt_error_text(int error) {
  return _sys_errlist[error >= 0 && error < LAST_ERROR ? error : LAST_ERROR];
}

/* The thread's own buffer for texts. */
char* crt_text_buffer(void) {
  struct crt_thread_data* thread = crt_thread();
  if (!thread->text) thread->text = malloc(TEXT_ROOM);
  return thread->text;
}

char* strerror(int error) {
  char* text = crt_text_buffer();
  return text ? strcpy(text, crt_error_text(error)) : "Visual C++ CRT: Not enough memory";
}

errno_t strerror_s(char* to, size_t room, int error) {
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  strncpy(to, crt_error_text(error), room - 1);
  to[room - 1] = 0;
  return 0;
}

/* "text: the error of errno\n" */
errno_t _strerror_s(char* to, size_t room, const char* text) {
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  to[0] = 0;
  if (text && *text && strlen(text) + 2 < room) {
    strcpy(to, text);
    strcat(to, ": ");
  }
  strncat(to, crt_error_text(errno), room - 1 - strlen(to));
  if (strlen(to) + 1 < room) strcat(to, "\n");
  return 0;
}
char* _strerror(const char* text) {
  char* to = crt_text_buffer();
  if (!to) return 0;
  to[0] = 0;
  if (text && *text) {
    strncat(to, text, 94);
    strcat(to, ": ");
  }
  strncat(to, crt_error_text(errno), TEXT_ROOM - 2 - strlen(to));
  return strcat(to, "\n");
}

void perror(const char* text) {
  const char* error = crt_error_text(errno);
  if (text && *text) {
    fputs(text, stderr);
    fputs(": ", stderr);
  }
  fputs(error, stderr);
  fputs("\n", stderr);
}
