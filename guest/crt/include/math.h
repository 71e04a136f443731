#ifndef CRT_MATH_H
#define CRT_MATH_H

#include <corecrt.h>

#define HUGE_VAL __builtin_huge_val()
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf(x)
#define isfinite(x) __builtin_isfinite(x)
#define signbit(x) __builtin_signbit(x)

struct _exception {
  int type;
  char* name;
  double arg1, arg2, retval;
};
struct _complex {
  double x, y;
};
#define _DOMAIN 1
#define _SING 2
#define _OVERFLOW 3
#define _UNDERFLOW 4

CRT_BEGIN
double sin(double x);
double cos(double x);
double tan(double x);
double asin(double x);
double acos(double x);
double atan(double x);
double atan2(double y, double x);
double sinh(double x);
double cosh(double x);
double tanh(double x);
double exp(double x);
double log(double x);
double log10(double x);
double pow(double x, double y);
double sqrt(double x);
double floor(double x);
double ceil(double x);
double fabs(double x);
double fmod(double x, double y);
double ldexp(double x, int exponent);
double frexp(double x, int* exponent);
double modf(double x, double* whole);
double _hypot(double x, double y);
double _copysign(double x, double y);
double _chgsign(double x);
double _nextafter(double x, double y);
double _logb(double x);
double _scalb(double x, long exponent);
int _isnan(double x);
int _finite(double x);
int _fpclass(double x);
double _cabs(struct _complex z);
int _matherr(struct _exception* exception);
void __setusermatherr(int(__cdecl* handler)(struct _exception*));
#if !CRT_MSVCRT
double exp2(double x);
double expm1(double x);
double log2(double x);
double log1p(double x);
double cbrt(double x);
double hypot(double x, double y);
double asinh(double x);
double acosh(double x);
double atanh(double x);
double trunc(double x);
double round(double x);
double rint(double x);
double nearbyint(double x);
long lround(double x);
long lrint(double x);
long long llround(double x);
long long llrint(double x);
double remainder(double x, double y);
double fmax(double x, double y);
double fmin(double x, double y);
double fdim(double x, double y);
double copysign(double x, double y);
double logb(double x);
int ilogb(double x);
double scalbn(double x, int exponent);
double nextafter(double x, double y);
double lgamma(double x);
double tgamma(double x);
double erf(double x);
double erfc(double x);
double fma(double x, double y, double z);
double remquo(double x, double y, int* quotient);
double nan(const char* tag);
double scalbln(double x, long exponent);
short _dclass(double x);
int _dsign(double x);
float sinf(float x);
float cosf(float x);
float tanf(float x);
float asinf(float x);
float acosf(float x);
float atanf(float x);
float sinhf(float x);
float coshf(float x);
float tanhf(float x);
float asinhf(float x);
float acoshf(float x);
float atanhf(float x);
float expf(float x);
float exp2f(float x);
float expm1f(float x);
float logf(float x);
float log10f(float x);
float log1pf(float x);
float log2f(float x);
float logbf(float x);
float sqrtf(float x);
float cbrtf(float x);
float floorf(float x);
float ceilf(float x);
float roundf(float x);
float truncf(float x);
float rintf(float x);
float nearbyintf(float x);
float erff(float x);
float erfcf(float x);
float lgammaf(float x);
float tgammaf(float x);
float powf(float x, float y);
float fmodf(float x, float y);
float atan2f(float x, float y);
float fdimf(float x, float y);
float fmaxf(float x, float y);
float fminf(float x, float y);
float remainderf(float x, float y);
float copysignf(float x, float y);
float nextafterf(float x, float y);
float fmaf(float x, float y, float z);
float nexttowardf(float x, double y);
long lroundf(float x);
long lrintf(float x);
#endif
CRT_END

#define M_PI 3.14159265358979323846

#endif
