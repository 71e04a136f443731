/* Opening, removing and renaming files by name. */
#include <fcntl.h>
#include <io.h>
#include <stdio.h>

#include "files.h"

#define GENERIC_READ 0x80000000u
#define GENERIC_WRITE 0x40000000u
#define SHARE_READ_WRITE 3
#define CREATE_NEW 1
#define CREATE_ALWAYS 2
#define OPEN_EXISTING 3
#define OPEN_ALWAYS 4
#define TRUNCATE_EXISTING 5
#define FILE_ATTRIBUTE_READONLY 1
#define FILE_ATTRIBUTE_DIRECTORY 0x10
#define FILE_ATTRIBUTE_NORMAL 0x80
#define INVALID_FILE_ATTRIBUTES 0xffffffffu

int _fmode; /* 0: text */

errno_t _set_fmode(int mode) {
  if (mode != _O_TEXT && mode != _O_BINARY && mode != _O_WTEXT) {
    crt_invalid_parameter();
    return EINVAL;
  }
  _fmode = mode;
  return 0;
}
errno_t _get_fmode(int* mode) {
  if (!mode) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *mode = _fmode;
  return 0;
}
int* __p__fmode(void) {
  return &_fmode;
}

static DWORD disposition(int flags) {
  switch (flags & (_O_CREAT | _O_TRUNC | _O_EXCL)) {
    case _O_CREAT:
      return OPEN_ALWAYS;
    case _O_CREAT | _O_TRUNC:
      return CREATE_ALWAYS;
    case _O_CREAT | _O_EXCL:
    case _O_CREAT | _O_TRUNC | _O_EXCL:
      return CREATE_NEW;
    case _O_TRUNC:
    case _O_TRUNC | _O_EXCL:
      return TRUNCATE_EXISTING;
  }
  return OPEN_EXISTING;
}

static DWORD access(int flags) {
  switch (flags & (_O_WRONLY | _O_RDWR)) {
    case _O_WRONLY:
      return GENERIC_WRITE;
    case _O_RDWR:
      return GENERIC_READ | GENERIC_WRITE;
  }
  return GENERIC_READ;
}

int crt_open(const wchar_t* name, int flags) {
  if (!name) {
    crt_invalid_parameter();
    return -1;
  }
  if (!(flags & (_O_TEXT | _O_BINARY))) flags |= _fmode & _O_BINARY ? _O_BINARY : _O_TEXT;
  HANDLE handle = CreateFileW(name, access(flags), SHARE_READ_WRITE, 0, disposition(flags),
                              FILE_ATTRIBUTE_NORMAL, 0);
  if (handle == (HANDLE)-1) {
    crt_set_os_error(GetLastError());
    return -1;
  }
  const int number = _open_osfhandle((intptr_t)handle, flags);
  if (number < 0) CloseHandle(handle);
  return number;
}

int _wopen(const wchar_t* name, int flags, ...) {
  return crt_open(name, flags);
}

/* A name in UTF-16, on the heap. */
wchar_t* crt_wide_name(const char* name) {
  if (!name) {
    crt_invalid_parameter();
    return 0;
  }
  const size_t characters = strlen(name) + 1;
  wchar_t* wide = malloc(characters * sizeof *wide);
  for (size_t i = 0; wide && i < characters; ++i) wide[i] = (unsigned char)name[i];
  return wide;
}

int _open(const char* name, int flags, ...) {
  wchar_t* wide = crt_wide_name(name);
  if (!wide) return -1;
  const int number = crt_open(wide, flags);
  free(wide);
  return number;
}

static int done(BOOL success) {
  if (success) return 0;
  crt_set_os_error(GetLastError());
  return -1;
}

int _wremove(const wchar_t* name) {
  return done(DeleteFileW(name));
}
int _wunlink(const wchar_t* name) {
  return _wremove(name);
}

int remove(const char* name) {
  wchar_t* wide = crt_wide_name(name);
  if (!wide) return -1;
  const int result = _wremove(wide);
  free(wide);
  return result;
}
int _unlink(const char* name) {
  return remove(name);
}

int rename(const char* from, const char* to) {
  wchar_t *wide_from = crt_wide_name(from), *wide_to = crt_wide_name(to);
  const int result = wide_from && wide_to ? done(MoveFileExW(wide_from, wide_to, 2)) : -1;
  free(wide_from);
  free(wide_to);
  return result;
}

/* 0: it is there, 2: it can be written. */
int _access(const char* name, int mode) {
  wchar_t* wide = crt_wide_name(name);
  if (!wide) return -1;
  const DWORD attributes = GetFileAttributesW(wide);
  free(wide);
  if (attributes == INVALID_FILE_ATTRIBUTES) return done(FALSE);
  const int read_only =
      (attributes & FILE_ATTRIBUTE_READONLY) && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
  if (!(mode & 2) || !read_only) return 0;
  _doserrno = ERROR_ACCESS_DENIED;
  errno = EACCES;
  return -1;
}
