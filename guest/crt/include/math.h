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
float sinf(float x);
float cosf(float x);
float tanf(float x);
float sqrtf(float x);
float powf(float x, float y);
float expf(float x);
float logf(float x);
float floorf(float x);
float ceilf(float x);
float fmodf(float x, float y);
float roundf(float x);
float truncf(float x);
#endif
CRT_END

#define M_PI 3.14159265358979323846

#endif
