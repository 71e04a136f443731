#ifndef CRT_SYS_STAT_H
#define CRT_SYS_STAT_H

#include <corecrt.h>

#define _S_IFMT 0xf000
#define _S_IFDIR 0x4000
#define _S_IFCHR 0x2000
#define _S_IFIFO 0x1000
#define _S_IFREG 0x8000
#define _S_IREAD 0x0100
#define _S_IWRITE 0x0080
#define _S_IEXEC 0x0040

/* Times of 32 or 64 bits, and sizes of 32 or 64. */
#define CRT_STAT(bits, size_type, time_type)                     \
  struct _stat##bits {                                           \
    unsigned st_dev;                                             \
    unsigned short st_ino, st_mode;                              \
    short st_nlink, st_uid, st_gid;                              \
    unsigned st_rdev;                                            \
    size_type st_size;                                           \
    time_type st_atime, st_mtime, st_ctime;                      \
  };                                                             \
  CRT_BEGIN                                                      \
  int _stat##bits(const char* path, struct _stat##bits* to);     \
  int _wstat##bits(const wchar_t* path, struct _stat##bits* to); \
  int _fstat##bits(int file, struct _stat##bits* to);            \
  CRT_END

CRT_STAT(32, int32_t, __time32_t)
CRT_STAT(32i64, int64_t, __time32_t)
CRT_STAT(64i32, int32_t, __time64_t)
CRT_STAT(64, int64_t, __time64_t)
#undef CRT_STAT
_Static_assert(sizeof(struct _stat32) == 36 && sizeof(struct _stat32i64) == 48, "_stat");
_Static_assert(sizeof(struct _stat64i32) == 48 && sizeof(struct _stat64) == 56, "_stat");

CRT_BEGIN
int _umask(int mode);
errno_t _umask_s(int mode, int* before);
CRT_END

#endif
