#ifndef CRT_SYS_UTIME_H
#define CRT_SYS_UTIME_H

#include <corecrt.h>

struct __utimbuf32 {
  __time32_t actime, modtime;
};
struct __utimbuf64 {
  __time64_t actime, modtime;
};

CRT_BEGIN
int _utime32(const char* name, struct __utimbuf32* times);
int _wutime32(const wchar_t* name, struct __utimbuf32* times);
int _futime32(int file, struct __utimbuf32* times);
int _utime64(const char* name, struct __utimbuf64* times);
int _wutime64(const wchar_t* name, struct __utimbuf64* times);
int _futime64(int file, struct __utimbuf64* times);
CRT_END

#endif
