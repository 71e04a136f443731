#ifndef CRT_IO_H
#define CRT_IO_H

#include <corecrt.h>
#include <fcntl.h>

#define _A_NORMAL 0x00
#define _A_RDONLY 0x01
#define _A_HIDDEN 0x02
#define _A_SYSTEM 0x04
#define _A_SUBDIR 0x10
#define _A_ARCH 0x20

/* Times of 32 or 64 bits, and sizes of 32 or 64. */
#define CRT_FINDDATA(structure, character, size_type, time_type) \
  struct structure {                                             \
    unsigned attrib;                                             \
    time_type time_create, time_access, time_write;              \
    size_type size;                                              \
    character name[260];                                         \
  };
#define CRT_FIND(bits, narrow, wide, size_type, time_type)             \
  CRT_FINDDATA(narrow, char, size_type, time_type)                     \
  CRT_FINDDATA(wide, wchar_t, size_type, time_type)                    \
  CRT_BEGIN                                                            \
  intptr_t _findfirst##bits(const char* pattern, struct narrow* to);   \
  int _findnext##bits(intptr_t search, struct narrow* to);             \
  intptr_t _wfindfirst##bits(const wchar_t* pattern, struct wide* to); \
  int _wfindnext##bits(intptr_t search, struct wide* to);              \
  CRT_END

CRT_FIND(32, _finddata32_t, _wfinddata32_t, uint32_t, __time32_t)
CRT_FIND(32i64, _finddata32i64_t, _wfinddata32i64_t, int64_t, __time32_t)
CRT_FIND(64i32, _finddata64i32_t, _wfinddata64i32_t, uint32_t, __time64_t)
CRT_FIND(64, __finddata64_t, _wfinddata64_t, int64_t, __time64_t)
#undef CRT_FIND
#undef CRT_FINDDATA

CRT_BEGIN
int _findclose(intptr_t search);
int _open(const char* name, int flags, ...);
int _wopen(const wchar_t* name, int flags, ...);
int _sopen(const char* name, int flags, int sharing, ...);
int _wsopen(const wchar_t* name, int flags, int sharing, ...);
errno_t _sopen_s(int* file, const char* name, int flags, int sharing, int permissions);
errno_t _wsopen_s(int* file, const wchar_t* name, int flags, int sharing, int permissions);
int _creat(const char* name, int permissions);
int _wcreat(const wchar_t* name, int permissions);
int _close(int file);
int _read(int file, void* to, unsigned bytes);
int _write(int file, const void* from, unsigned bytes);
long _lseek(int file, long offset, int origin);
int64_t _lseeki64(int file, int64_t offset, int origin);
int64_t _telli64(int file);
long _tell(int file);
int _chsize(int file, long bytes);
errno_t _chsize_s(int file, int64_t bytes);
int _dup(int file);
int _dup2(int from, int to);
int _eof(int file);
int _isatty(int file);
int _setmode(int file, int mode);
int _commit(int file);
long _filelength(int file);
int64_t _filelengthi64(int file);
intptr_t _get_osfhandle(int file);
int _open_osfhandle(intptr_t handle, int flags);
int _access(const char* name, int mode);
errno_t _access_s(const char* name, int mode);
int _waccess(const wchar_t* name, int mode);
errno_t _waccess_s(const wchar_t* name, int mode);
int _chmod(const char* name, int mode);
int _wchmod(const wchar_t* name, int mode);
int _unlink(const char* name);
int _wunlink(const wchar_t* name);
char* _mktemp(char* template_name);
errno_t _mktemp_s(char* template_name, size_t room);
CRT_END

#endif
