/* Opening files by name (documented under _open, _sopen_s, _creat, _umask, _set_fmode). */
#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <sys/stat.h>

#include "files.h"
#include "names.h"
#include "stream_unicode.h"

#define GENERIC_READ 0x80000000u
#define GENERIC_WRITE 0x40000000u
#define DELETE 0x10000u
#define FILE_FLAG_DELETE_ON_CLOSE 0x04000000u
#define SHARE_READ 1u
#define SHARE_WRITE 2u
#define SHARE_DELETE 4u
#define CREATE_NEW 1
#define CREATE_ALWAYS 2
#define OPEN_EXISTING 3
#define OPEN_ALWAYS 4
#define TRUNCATE_EXISTING 5

int _fmode; /* 0: text */
static int permissions_off;

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

int _umask(int mode) {
  const int before = permissions_off;
  permissions_off = mode & (_S_IREAD | _S_IWRITE);
  return before;
}
errno_t _umask_s(int mode, int* before) {
  if (!before || (mode & ~(_S_IREAD | _S_IWRITE))) {
    if (before) *before = permissions_off;
    crt_invalid_parameter();
    return EINVAL;
  }
  *before = _umask(mode);
  return 0;
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

/* 0: there is no such way of sharing, but for _SH_DENYRW, which shares nothing. */
static int sharing_of(int sharing, int flags, DWORD* to) {
  switch (sharing) {
    case _SH_DENYRW:
      *to = 0;
      return 1;
    case _SH_DENYWR:
      *to = SHARE_READ;
      return 1;
    case _SH_DENYRD:
      *to = SHARE_WRITE;
      return 1;
    case _SH_DENYNO:
      *to = SHARE_READ | SHARE_WRITE;
      return 1;
    case _SH_SECURE: /* of fopen_s: others may read what is only read */
      *to = access(flags) == GENERIC_READ ? SHARE_READ : 0;
      return 1;
  }
  return 0;
}

int crt_open_shared(const wchar_t* name, int flags, int sharing, int permissions) {
  DWORD shared, attributes = FILE_ATTRIBUTE_NORMAL, wanted = access(flags);
  if (!name || !sharing_of(sharing, flags, &shared)) {
    crt_invalid_parameter();
    return -1;
  }
  const int unicode = flags & (_O_WTEXT | _O_U16TEXT | _O_U8TEXT);
  if (!unicode && !(flags & (_O_TEXT | _O_BINARY)))
    flags |= _fmode & _O_BINARY ? _O_BINARY : _O_TEXT;
  if ((flags & _O_CREAT) && !(permissions & ~permissions_off & _S_IWRITE)) {
    attributes = FILE_ATTRIBUTE_READONLY;
  }
  if (flags & _O_TEMPORARY) {
    attributes |= FILE_FLAG_DELETE_ON_CLOSE;
    wanted |= DELETE;
    shared |= SHARE_DELETE;
  }
  HANDLE handle = CreateFileW(name, wanted, shared, 0, disposition(flags), attributes, 0);
  if (handle == (HANDLE)-1) return crt_done(FALSE);
  const int number = _open_osfhandle((intptr_t)handle, flags);
  if (number < 0) CloseHandle(handle);
  if (number >= 0 && unicode) crt_begin_unicode(number, flags);
  return number;
}

int crt_open(const wchar_t* name, int flags) {
  return crt_open_shared(name, flags, _SH_DENYNO, _S_IREAD | _S_IWRITE);
}

/* The permissions follow where a file may be made. */
#define READ_PERMISSIONS(last, permissions) \
  int permissions = 0;                      \
  if (flags & _O_CREAT) {                   \
    va_list arguments;                      \
    va_start(arguments, last);              \
    permissions = va_arg(arguments, int);   \
    va_end(arguments);                      \
  }

int _wsopen(const wchar_t* name, int flags, int sharing, ...) {
  READ_PERMISSIONS(sharing, permissions);
  return crt_open_shared(name, flags, sharing, permissions);
}
int _sopen(const char* name, int flags, int sharing, ...) {
  READ_PERMISSIONS(sharing, permissions);
  WITH_WIDE_NAME(int, -1, name, crt_open_shared(wide, flags, sharing, permissions));
}
int _wopen(const wchar_t* name, int flags, ...) {
  READ_PERMISSIONS(flags, permissions);
  return crt_open_shared(name, flags, _SH_DENYNO, permissions);
}
int _open(const char* name, int flags, ...) {
  READ_PERMISSIONS(flags, permissions);
  WITH_WIDE_NAME(int, -1, name, crt_open_shared(wide, flags, _SH_DENYNO, permissions));
}
int _wcreat(const wchar_t* name, int permissions) {
  return crt_open_shared(name, _O_CREAT | _O_TRUNC | _O_RDWR, _SH_DENYNO, permissions);
}
int _creat(const char* name, int permissions) {
  WITH_WIDE_NAME(int, -1, name, _wcreat(wide, permissions));
}

/* `secure`: permissions beyond reading and writing are refused. */
errno_t _wsopen_dispatch(const wchar_t* name, int flags, int sharing, int permissions, int* file,
                         int secure) {
  if (file) *file = -1;
  if (!file || (secure && (flags & _O_CREAT) && (permissions & ~(_S_IREAD | _S_IWRITE)))) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *file = crt_open_shared(name, flags, sharing, permissions);
  return *file < 0 ? errno : 0;
}
errno_t _wsopen_s(int* file, const wchar_t* name, int flags, int sharing, int permissions) {
  return _wsopen_dispatch(name, flags, sharing, permissions, file, 1);
}
errno_t _sopen_dispatch(const char* name, int flags, int sharing, int permissions, int* file,
                        int secure) {
  if (file) *file = -1;
  WITH_WIDE_NAME(errno_t, errno, name,
                 _wsopen_dispatch(wide, flags, sharing, permissions, file, secure));
}
errno_t _sopen_s(int* file, const char* name, int flags, int sharing, int permissions) {
  return _sopen_dispatch(name, flags, sharing, permissions, file, 1);
}
