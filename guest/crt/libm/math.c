/* The functions of <math.h>: special values and errors here, the calculation in extended.c. Errors
 * are those of C99 7.12.1 and of Microsoft's documentation of each function. */
#include "math_calls.h"

static int(__cdecl* user_handler)(struct _exception*);

void __setusermatherr(int(__cdecl* handler)(struct _exception*)) {
  user_handler = handler;
}

double crt_math_error(int type, const char* name, double x, double y, double result) {
  struct _exception exception = {type, (char*)name, x, y, result};
  if (user_handler && user_handler(&exception)) return exception.retval;
  errno = type == _DOMAIN ? EDOM : ERANGE;
  return exception.retval;
}

/* Raises what the processor raises for it, masked or not. */
static double invalid(const char* name, double x, double y) {
  volatile double infinity = HUGE_VAL;
  return crt_math_error(_DOMAIN, name, x, y, infinity - infinity);
}
static double pole(const char* name, double x, double y, int negative) {
  volatile double zero = 0, one = negative ? -1 : 1;
  return crt_math_error(_SING, name, x, y, one / zero);
}
/* A finite argument gave a result that is none: too large. */
static double checked(const char* name, double x, double y, double result) {
  return isinf(result) ? crt_math_error(_OVERFLOW, name, x, y, result) : result;
}

double exp(double x) {
  double result;
  if (isnan(x)) return x;
  if (isinf(x)) return x > 0 ? x : 0;
  CALCULATE(result, x_exp(x));
  return checked("exp", x, 0, result);
}
double exp2(double x) {
  double result;
  if (!isfinite(x)) return x < 0 ? 0 : x;
  CALCULATE(result, x_pow(2, x));
  return checked("exp2", x, 0, result);
}
double expm1(double x) {
  double result;
  if (!isfinite(x)) return x < 0 ? -1 : x;
  if (x == 0) return x;
  CALCULATE(result, x_expm1(x));
  return checked("expm1", x, 0, result);
}

static double logarithm(const char* name, double x, int base) {
  double result;
  if (isnan(x)) return x;
  if (x == 0) return pole(name, x, 0, 1);
  if (x < 0) return invalid(name, x, 0);
  if (isinf(x)) return x;
  const extended factor = base == 2 ? X_LOG2E : base == 10 ? X_LOG10E : 1;
  int exponent;
  /* A power of two is exact. */
  if (base == 2 && frexp(x, &exponent) == 0.5) return exponent - 1;
  CALCULATE(result, x_log(x) * factor);
  return result;
}
double log(double x) {
  return logarithm("log", x, 0);
}
double log10(double x) {
  return logarithm("log10", x, 10);
}
double log2(double x) {
  return logarithm("log2", x, 2);
}
double log1p(double x) {
  double result;
  if (isnan(x) || x == 0 || (isinf(x) && x > 0)) return x;
  if (x == -1) return pole("log1p", x, 0, 1);
  if (x < -1) return invalid("log1p", x, 0);
  CALCULATE(result, x_log1p(x));
  return result;
}

double sqrt(double x) {
  double result;
  if (isnan(x) || x == 0) return x;
  if (x < 0) return invalid("sqrt", x, 0);
  __asm__("fsqrt" : "=t"(result) : "0"(x));
  return result;
}

#define OF_ANGLE(name, formula)                            \
  double name(double x) {                                  \
    double result;                                         \
    if (isnan(x) || (x == 0 && #name[0] != 'c')) return x; \
    if (isinf(x)) return invalid(#name, x, 0);             \
    CALCULATE(result, formula);                            \
    return result;                                         \
  }
OF_ANGLE(sin, x_sin(x))
OF_ANGLE(cos, x_cos(x))
OF_ANGLE(tan, x_sin(x) / x_cos(x))

double atan(double x) {
  double result;
  if (isnan(x) || x == 0) return x;
  CALCULATE(result, isinf(x) ? (x < 0 ? -X_PI / 2 : X_PI / 2) : x_atan(x));
  return result;
}
double atan2(double y, double x) {
  double result;
  if (isnan(x) || isnan(y)) return x + y;
  CALCULATE(result, x_atan2(y, x));
  return result;
}
double asin(double x) {
  double result;
  if (isnan(x) || x == 0) return x;
  if (fabs(x) > 1) return invalid("asin", x, 0);
  CALCULATE(result, x_atan2(x, x_sqrt((1 - (extended)x) * (1 + (extended)x))));
  return result;
}
double acos(double x) {
  double result;
  if (isnan(x)) return x;
  if (fabs(x) > 1) return invalid("acos", x, 0);
  CALCULATE(result, x_atan2(x_sqrt((1 - (extended)x) * (1 + (extended)x)), x));
  return result;
}

double sinh(double x) {
  double result;
  if (!isfinite(x) || x == 0) return x;
  CALCULATE(result, fabs(x) < 0.3 ? (x_expm1(x) + x_expm1(x) / (1 + x_expm1(x))) / 2
                                  : (x_exp(x) - x_exp(-(extended)x)) / 2);
  return checked("sinh", x, 0, result);
}
double cosh(double x) {
  double result;
  if (!isfinite(x)) return fabs(x);
  CALCULATE(result, (x_exp(x) + x_exp(-(extended)x)) / 2);
  return checked("cosh", x, 0, result);
}
double tanh(double x) {
  double result;
  if (isnan(x) || x == 0) return x;
  if (fabs(x) > 40) return x < 0 ? -1 : 1;
  CALCULATE(result, x_expm1(2 * (extended)x) / (x_expm1(2 * (extended)x) + 2));
  return result;
}
double asinh(double x) {
  double result;
  if (!isfinite(x) || x == 0) return x;
  const double size = fabs(x);
  CALCULATE(result,
            x_log1p(size + (extended)size * size / (1 + x_sqrt(1 + (extended)size * size))));
  return x < 0 ? -result : result;
}
double acosh(double x) {
  double result;
  if (isnan(x)) return x;
  if (x < 1) return invalid("acosh", x, 0);
  if (isinf(x)) return x;
  CALCULATE(result, x_log1p((extended)x - 1 + x_sqrt(((extended)x - 1) * ((extended)x + 1))));
  return result;
}
double atanh(double x) {
  double result;
  if (isnan(x) || x == 0) return x;
  if (fabs(x) > 1) return invalid("atanh", x, 0);
  if (fabs(x) == 1) return pole("atanh", x, 0, x < 0);
  CALCULATE(result, x_log1p(2 * (extended)x / (1 - (extended)x)) / 2);
  return result;
}

static int is_odd(double y) {
  return fabs(y) < 9007199254740992.0 && fmod(y, 2) != 0;
}
static int is_whole(double y) {
  return floor(y) == y;
}

/* Zero, infinity: C99 F.9.4.4. */
static double power_of_limit(double x, double y) {
  const int negative = signbit(x) && is_whole(y) && is_odd(y);
  const int to_zero = (x == 0) == (y > 0);
  if (x == 0 && y < 0) return pole("pow", x, y, negative);
  const double size = to_zero ? 0 : HUGE_VAL;
  return negative ? -size : size;
}

double pow(double x, double y) {
  double result;
  if (y == 0 || x == 1) return 1;
  if (isnan(x) || isnan(y)) return x + y;
  if (isinf(y)) {
    if (fabs(x) == 1) return 1;
    return (fabs(x) > 1) == (y > 0) ? HUGE_VAL : 0;
  }
  if (x == 0 || isinf(x)) return power_of_limit(x, y);
  if (x < 0 && !is_whole(y)) return invalid("pow", x, y);
  CALCULATE(result, x_pow(x_abs(x), y));
  if (x < 0 && is_odd(y)) result = -result;
  if (result == 0) return crt_math_error(_UNDERFLOW, "pow", x, y, result);
  return checked("pow", x, y, result);
}

double cbrt(double x) {
  double result;
  if (!isfinite(x) || x == 0) return x;
  extended root, size;
  CALCULATE(result, (size = x_abs(x), root = x_exp(x_log(size) / 3),
                     root - (root - size / (root * root)) / 3));
  return x < 0 ? -result : result;
}
double hypot(double x, double y) {
  double result;
  if (isinf(x) || isinf(y)) return HUGE_VAL;
  if (isnan(x) || isnan(y)) return x + y;
  CALCULATE(result, x_sqrt((extended)x * x + (extended)y * y));
  return checked("hypot", x, y, result);
}
double _hypot(double x, double y) {
  return hypot(x, y);
}

/* Long division of the mantissas, bit by bit: exact. (The engine's fprem goes through doubles.)
 * `odd`: the last bit of the quotient. For finite positive x and y. */
static double long_division(double x, double y, int* odd) {
  int x_exponent, y_exponent;
  unsigned long long rest = (unsigned long long)(frexp(x, &x_exponent) * 0x1p53);
  const unsigned long long by = (unsigned long long)(frexp(y, &y_exponent) * 0x1p53);
  *odd = 0;
  if (x_exponent < y_exponent) return x;
  for (int steps = x_exponent - y_exponent;; --steps) {
    *odd = rest >= by;
    if (*odd) rest -= by;
    if (steps == 0 || rest == 0) {
      if (steps > 0) *odd = 0;
      return ldexp((double)rest, y_exponent - 53);
    }
    rest <<= 1;
  }
}
static double remainder_of(double x, double y, int to_nearest) {
  int odd;
  const double size = fabs(y);
  double rest = long_division(fabs(x), size, &odd);
  if (to_nearest && (rest > size - rest || (rest == size - rest && odd))) rest -= size;
  return x < 0 || (x == 0 && signbit(x)) ? -rest : rest;
}
static double checked_remainder(const char* name, double x, double y, int to_nearest) {
  if (isnan(x) || isnan(y)) return x + y;
  if (isinf(x) || y == 0) return invalid(name, x, y);
  return isinf(y) || x == 0 ? x : remainder_of(x, y, to_nearest);
}
double fmod(double x, double y) {
  return checked_remainder("fmod", x, y, 0);
}
double remainder(double x, double y) {
  return checked_remainder("remainder", x, y, 1);
}
