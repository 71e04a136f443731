/* Whole parts, signs, exponents: exact functions. */
#include "math_calls.h"

#include <limits.h>

static double round_by(double x, unsigned short rounding) {
  unsigned short before, control;
  __asm__ volatile("fnstcw %0" : "=m"(before));
  control = (unsigned short)((before & ~0x0c00) | rounding | 0x3f);
  __asm__ volatile("fldcw %1; frndint; fldcw %2" : "+t"(x) : "m"(control), "m"(before));
  return x;
}
double floor(double x) {
  return round_by(x, 0x0400);
}
double ceil(double x) {
  return round_by(x, 0x0800);
}
double trunc(double x) {
  return round_by(x, 0x0c00);
}
double rint(double x) {
  return (double)x_rint(x);
}
double nearbyint(double x) {
  return (double)x_rint(x);
}
double round(double x) {
  const double whole = trunc(x);
  if (fabs(x - whole) < 0.5) return whole;
  return whole + (x < 0 ? -1 : 1);
}
double fabs(double x) {
  return __builtin_fabs(x);
}
double copysign(double x, double y) {
  return __builtin_copysign(x, y);
}
double _copysign(double x, double y) {
  return copysign(x, y);
}
double _chgsign(double x) {
  return -x;
}

static long long to_integer(const char* name, double x, double least, double most) {
  if (!(x >= least && x <= most)) {
    crt_math_error(_DOMAIN, name, x, 0, x);
    return 0;
  }
  return (long long)x;
}
long lround(double x) {
  return (long)to_integer("lround", round(x), LONG_MIN, LONG_MAX);
}
long lrint(double x) {
  return (long)to_integer("lrint", rint(x), LONG_MIN, LONG_MAX);
}
long long llround(double x) {
  return to_integer("llround", round(x), -0x1p63, 0x1.fffffffffffffp62);
}
long long llrint(double x) {
  return to_integer("llrint", rint(x), -0x1p63, 0x1.fffffffffffffp62);
}

union bits {
  double value;
  unsigned long long bits;
};

double frexp(double x, int* exponent) {
  union bits both = {x};
  int biased = (int)(both.bits >> 52 & 0x7ff), shifted = 0;
  *exponent = 0;
  if (x == 0 || biased == 0x7ff) return x;
  if (biased == 0) {
    both.value = x * 0x1p54;
    biased = (int)(both.bits >> 52 & 0x7ff);
    shifted = 54;
  }
  *exponent = biased - 1022 - shifted;
  both.bits = (both.bits & 0x800fffffffffffffull) | 1022ull << 52;
  return both.value;
}
double ldexp(double x, int exponent) {
  double result;
  if (!isfinite(x) || x == 0) return x;
  CALCULATE(result, x_scale(x, exponent));
  if (isinf(result)) return crt_math_error(_OVERFLOW, "ldexp", x, exponent, result);
  if (result == 0) return crt_math_error(_UNDERFLOW, "ldexp", x, exponent, result);
  return result;
}
double scalbn(double x, int exponent) {
  return ldexp(x, exponent);
}
double _scalb(double x, long exponent) {
  return ldexp(x, exponent);
}
double modf(double x, double* whole) {
  *whole = trunc(x);
  return isinf(x) ? copysign(0, x) : copysign(x - *whole, x);
}
double logb(double x) {
  int exponent;
  if (x == 0) return crt_math_error(_SING, "logb", x, 0, -HUGE_VAL);
  if (!isfinite(x)) return x * x;
  frexp(x, &exponent);
  return exponent - 1;
}
double _logb(double x) {
  return logb(x);
}
int ilogb(double x) {
  if (x == 0 || isnan(x)) return INT_MIN;
  return isinf(x) ? INT_MAX : (int)logb(x);
}
double nextafter(double x, double y) {
  union bits both = {x};
  if (isnan(x) || isnan(y)) return x + y;
  if (x == y) return y;
  if (x == 0) {
    both.bits = 1;
    return copysign(both.value, y);
  }
  both.bits += (x < y) == (x > 0) ? 1 : -1ull;
  return both.value;
}
double _nextafter(double x, double y) {
  return nextafter(x, y);
}
double fmax(double x, double y) {
  return isnan(x) || x < y ? y : x;
}
double fmin(double x, double y) {
  return isnan(x) || x > y ? y : x;
}
double fdim(double x, double y) {
  return x > y ? x - y : isnan(x) || isnan(y) ? x + y : 0;
}

int _isnan(double x) {
  return isnan(x);
}
int _finite(double x) {
  return isfinite(x);
}
/* The bits that are documented under _fpclass. */
int _fpclass(double x) {
  const union bits both = {x};
  const int negative = signbit(x) != 0;
  if (isnan(x)) return both.bits >> 51 & 1 ? 0x2 : 0x1;
  if (isinf(x)) return negative ? 0x4 : 0x200;
  if (x == 0) return negative ? 0x20 : 0x40;
  if (!(both.bits >> 52 & 0x7ff)) return negative ? 0x10 : 0x80;
  return negative ? 0x8 : 0x100;
}
static int classify(double x) {
  const int kind = _fpclass(x);
  return kind & 0x3 ? 2 : kind & 0x204 ? 1 : kind & 0x60 ? 0 : kind & 0x90 ? -2 : -1;
}
short _dclass(double x) {
  return (short)classify(x);
}
int _dsign(double x) {
  return signbit(x) ? 0x8000 : 0;
}
