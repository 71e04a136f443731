#ifndef CRT_FENV_H
#define CRT_FENV_H

#include <corecrt.h>

#define FE_INEXACT 0x01
#define FE_UNDERFLOW 0x02
#define FE_OVERFLOW 0x04
#define FE_DIVBYZERO 0x08
#define FE_INVALID 0x10
#define FE_ALL_EXCEPT 0x1f
#define FE_TONEAREST 0x000
#define FE_DOWNWARD 0x100
#define FE_UPWARD 0x200
#define FE_TOWARDZERO 0x300

typedef unsigned long fexcept_t;
typedef struct {
  unsigned long _Fe_ctl, _Fe_stat;
} fenv_t;

CRT_BEGIN
int fegetround(void);
int fesetround(int direction);
int feclearexcept(int exceptions);
int fetestexcept(int exceptions);
int fegetexceptflag(fexcept_t* to, int exceptions);
int fesetexceptflag(const fexcept_t* from, int exceptions);
int fegetenv(fenv_t* to);
int fesetenv(const fenv_t* from);
int feholdexcept(fenv_t* to);
CRT_END

#endif
