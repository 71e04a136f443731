/* Temporary files and their names (documented under tmpnam, tmpfile, _tempnam and _mktemp). The
 * UCRT's names are in the folder of GetTempPath; msvcrt's are in the root folder, where a program
 * without an administrator's rights cannot make a file. */
#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <share.h>
#include <sys/stat.h>

#include "files.h"
#include "names.h"
#include "streams.h"

#define LONGEST MAX_PATH

static int exists(const char* name) {
  return _access(name, 0) == 0;
}

/* "sPID.N" in base 32, until there is no file of that name; `to`: LONGEST characters. */
static int next_name(char* to) {
  static unsigned count;
  wchar_t folder[LONGEST] = L"\\";
  if (!CRT_MSVCRT && !GetTempPathW(LONGEST, folder)) return 0;
  size_t length = 0;
  for (; folder[length]; ++length) to[length] = crt_narrow_character(folder[length]);
  to[length++] = 's';
  _ultoa((unsigned long)_getpid(), to + length, 32);
  length += strlen(to + length);
  to[length++] = '.';
  crt_lock(LOCK_STREAMS);
  do _ultoa(count++, to + length, 32);
  while (exists(to));
  crt_unlock(LOCK_STREAMS);
  return 1;
}

errno_t tmpnam_s(char* to, size_t room) {
  char name[LONGEST + 32];
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  to[0] = 0;
  if (!next_name(name)) return errno = ENOENT;
  if (strlen(name) < room) {
    strcpy(to, name);
    return 0;
  }
  errno = ERANGE;
  _invalid_parameter_noinfo();
  return errno = ERANGE;
}
errno_t _wtmpnam_s(wchar_t* to, size_t room) {
  char name[LONGEST + 32];
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  to[0] = 0;
  const errno_t error = tmpnam_s(name, sizeof name < room ? sizeof name : room);
  if (error) return error;
  mbstowcs(to, name, room);
  return 0;
}
/* Without a place of its own the name is in one that all threads share. */
char* tmpnam(char* to) {
  static char shared[LONGEST];
  if (!to) to = shared;
  return tmpnam_s(to, LONGEST) == 0 ? to : 0;
}
wchar_t* _wtmpnam(wchar_t* to) {
  static wchar_t shared[LONGEST];
  if (!to) to = shared;
  return _wtmpnam_s(to, LONGEST) == 0 ? to : 0;
}

errno_t tmpfile_s(FILE** to) {
  char name[LONGEST + 32];
  if (!to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *to = 0;
  if (!next_name(name)) return errno = ENOENT;
  const int file = _sopen(name, _O_CREAT | _O_EXCL | _O_RDWR | _O_BINARY | _O_TEMPORARY, _SH_DENYNO,
                          _S_IREAD | _S_IWRITE);
  if (file < 0) return errno;
  *to = _fdopen(file, "w+b");
  if (*to) {
    (*to)->_tmpfname = _strdup(name);
  } else {
    _close(file);
  }
  return *to ? 0 : errno;
}
FILE* tmpfile(void) {
  FILE* stream;
  return tmpfile_s(&stream) == 0 ? stream : 0;
}

static int close_temporary(FILE* stream) {
  return stream->_tmpfname ? fclose(stream) : EOF;
}
/* How many were closed, and so removed. */
int _rmtmp(void) {
  return crt_for_each_stream(close_temporary);
}

/* In %TMP%, or the folder given, or the current one; when both are named and neither is there it
 * fails (documented). */
char* _tempnam(const char* folder, const char* prefix) {
  static unsigned count;
  const char* chosen = getenv("TMP");
  if (!chosen || !exists(chosen)) {
    if (chosen && folder && !exists(folder)) return 0;
    chosen = folder && exists(folder) ? folder : ".";
  }
  if (!prefix) prefix = "";
  const size_t length = strlen(chosen), prefix_length = strlen(prefix);
  char* name = malloc(length + prefix_length + 32);
  if (!name) return 0;
  char* at = strcpy(name, chosen) + length;
  if (length > 0 && at[-1] != '\\' && at[-1] != '/') *at++ = '\\';
  at = strcpy(at, prefix) + prefix_length;
  do _ultoa(++count, at, 10);
  while (exists(name));
  return name;
}
wchar_t* _wtempnam(const wchar_t* folder, const wchar_t* prefix) {
  char* narrow_folder = folder ? crt_narrow(folder, wcslen(folder) + 1) : 0;
  char* narrow_prefix = prefix ? crt_narrow(prefix, wcslen(prefix) + 1) : 0;
  char* name = _tempnam(narrow_folder, narrow_prefix);
  wchar_t* wide = name ? crt_wide_name(name) : 0;
  free(narrow_folder);
  free(narrow_prefix);
  free(name);
  return wide;
}

/* The six X at the end become a letter, from a on, and five digits of the process's number. */
errno_t _mktemp_s(char* name, size_t room) {
  const size_t length = name ? strnlen(name, room) : 0;
  if (!name || length == room || length < 6 || strcmp(name + length - 6, "XXXXXX") != 0) {
    if (name && room > 0) name[0] = 0;
    crt_invalid_parameter();
    return EINVAL;
  }
  unsigned id = (unsigned)_getpid();
  for (size_t i = length; i-- > length - 5; id /= 10) name[i] = (char)('0' + id % 10);
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    name[length - 6] = letter;
    if (!exists(name)) return 0;
  }
  name[0] = 0;
  return errno = EEXIST;
}
char* _mktemp(char* name) {
  return _mktemp_s(name, name ? strlen(name) + 1 : 0) == 0 ? name : 0;
}

errno_t _wmktemp_s(wchar_t* name, size_t room) {
  char* narrow = name ? crt_narrow(name, wcsnlen(name, room) + 1) : 0;
  const errno_t error = _mktemp_s(narrow, room);
  if (name && room > 0) {
    if (error) name[0] = 0;
    for (size_t i = 0; !error && name[i]; ++i) name[i] = (unsigned char)narrow[i];
  }
  free(narrow);
  return error;
}
wchar_t* _wmktemp(wchar_t* name) {
  return _wmktemp_s(name, name ? wcslen(name) + 1 : 0) == 0 ? name : 0;
}
