/* Files by name: removed, moved, asked whether they may be written, and their times. */
#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>
#include <sys/utime.h>

#include "files.h"
#include "names.h"

#define MOVEFILE_COPY_ALLOWED 2

int _wremove(const wchar_t* name) {
  return crt_done(DeleteFileW(name));
}
int _wunlink(const wchar_t* name) {
  return _wremove(name);
}
int remove(const char* name) {
  WITH_WIDE_NAME(int, -1, name, _wremove(wide));
}
int _unlink(const char* name) {
  return remove(name);
}

int _wrename(const wchar_t* from, const wchar_t* to) {
  return crt_done(MoveFileExW(from, to, MOVEFILE_COPY_ALLOWED));
}
int rename(const char* from, const char* to) {
  wchar_t *wide_from = crt_wide_name(from), *wide_to = crt_wide_name(to);
  const int result = wide_from && wide_to ? _wrename(wide_from, wide_to) : -1;
  free(wide_from);
  free(wide_to);
  return result;
}

/* 0: is it there, 2: may it be written, 4: may it be read; all folders may be. */
errno_t _waccess_s(const wchar_t* name, int mode) {
  if (!name || (mode & ~6)) {
    crt_invalid_parameter();
    return EINVAL;
  }
  const DWORD attributes = GetFileAttributesW(name);
  if (attributes == INVALID_FILE_ATTRIBUTES) {
    crt_done(FALSE);
    return errno;
  }
  const DWORD file_that_stays = attributes & (FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_DIRECTORY);
  if (!(mode & 2) || file_that_stays != FILE_ATTRIBUTE_READONLY) return 0;
  _doserrno = ERROR_ACCESS_DENIED;
  return errno = EACCES;
}
errno_t _access_s(const char* name, int mode) {
  WITH_WIDE_NAME(errno_t, EINVAL, name, _waccess_s(wide, mode));
}
int _waccess(const wchar_t* name, int mode) {
  return _waccess_s(name, mode) == 0 ? 0 : -1;
}
int _access(const char* name, int mode) {
  return _access_s(name, mode) == 0 ? 0 : -1;
}

/* Only whether a file may be written can be changed. */
int _wchmod(const wchar_t* name, int mode) {
  if (!name) {
    crt_invalid_parameter();
    return -1;
  }
  const DWORD before = GetFileAttributesW(name);
  if (before == INVALID_FILE_ATTRIBUTES) return crt_done(FALSE);
  const DWORD read_only = mode & _S_IWRITE ? 0 : FILE_ATTRIBUTE_READONLY;
  return crt_done(SetFileAttributesW(name, (before & ~FILE_ATTRIBUTE_READONLY) | read_only));
}
int _chmod(const char* name, int mode) {
  WITH_WIDE_NAME(int, -1, name, _wchmod(wide, mode));
}

/* 1970 in 100 ns since 1601. */
#define UNIX_EPOCH 116444736000000000

int _futime64(int number, struct __utimbuf64* times) {
  const struct crt_file* file = crt_file(number);
  if (!file) return -1;
  LARGE_INTEGER accessed, written;
  if (times) {
    accessed = times->actime * 10000000 + UNIX_EPOCH;
    written = times->modtime * 10000000 + UNIX_EPOCH;
  } else {
    GetSystemTimeAsFileTime(&written);
    accessed = written;
  }
  if (SetFileTime(file->handle, 0, &accessed, &written)) return 0;
  errno = EINVAL;
  return -1;
}
int _wutime64(const wchar_t* name, struct __utimbuf64* times) {
  const int file = crt_open(name, _O_RDWR | _O_BINARY);
  if (file < 0) return -1;
  const int result = _futime64(file, times);
  _close(file);
  return result;
}
int _utime64(const char* name, struct __utimbuf64* times) {
  WITH_WIDE_NAME(int, -1, name, _wutime64(wide, times));
}

/* Times of 32 bits as those of 64, or null. */
#define WIDER_TIMES(times)                                                    \
  struct __utimbuf64 wider = {0, 0};                                          \
  if (times) wider = (struct __utimbuf64){(times)->actime, (times)->modtime}; \
  struct __utimbuf64* all = (times) ? &wider : 0

int _futime32(int number, struct __utimbuf32* times) {
  WIDER_TIMES(times);
  return _futime64(number, all);
}
int _wutime32(const wchar_t* name, struct __utimbuf32* times) {
  WIDER_TIMES(times);
  return _wutime64(name, all);
}
int _utime32(const char* name, struct __utimbuf32* times) {
  WIDER_TIMES(times);
  return _utime64(name, all);
}
