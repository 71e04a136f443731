#ifndef CRT_SYS_TIMEB_H
#define CRT_SYS_TIMEB_H

#include <corecrt.h>

struct __timeb32 {
  __time32_t time;
  unsigned short millitm;
  short timezone, dstflag; /* minutes west of UTC; daylight saving */
};
struct __timeb64 {
  __time64_t time;
  unsigned short millitm;
  short timezone, dstflag;
};

CRT_BEGIN
void _ftime32(struct __timeb32* to);
void _ftime64(struct __timeb64* to);
errno_t _ftime32_s(struct __timeb32* to);
errno_t _ftime64_s(struct __timeb64* to);
CRT_END

#endif
