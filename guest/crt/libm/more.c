/* C99's smaller functions (7.12): fma, remquo, nan, scalbln, and Microsoft's tests of kinds. */
#include "math_calls.h"

/* a + b, whose last bit is set when something was lost: rounded once more, to fewer bits, it is
 * what the exact sum would be rounded to. */
static extended sum_to_odd(extended a, extended b) {
  union {
    extended value;
    struct {
      unsigned long long mantissa;
      unsigned short sign_and_exponent;
    } parts;
  } sum = {a + b};
  const extended part = sum.value - a;
  const extended lost = (a - (sum.value - part)) + (b - part);
  if (lost != 0 && !(sum.parts.mantissa & 1)) {
    const int away_from_zero = (lost > 0) == (sum.value > 0);
    if (!away_from_zero && sum.parts.mantissa == 1ull << 63) --sum.parts.sign_and_exponent;
    sum.parts.mantissa += away_from_zero ? 1 : -1ull;
    if (!(sum.parts.mantissa >> 63)) sum.parts.mantissa |= 1ull << 63;
  }
  return sum.value;
}

/* The product of two doubles is exact as the sum of two extended numbers: each is cut in halves. */
static extended fused(extended x, extended y, extended z) {
  const double x_high = (float)x, y_high = (float)y;
  const extended x_low = x - x_high, y_low = y - y_high; /* 24 and 29 bits */
  const extended product = x * y;
  const extended error =
      ((x_high * (extended)y_high - product) + x_high * y_low + x_low * y_high) + x_low * y_low;
  const extended sum = product + z, part = sum - product;
  const extended lost = (product - (sum - part)) + (z - part);
  return sum_to_odd(sum, sum_to_odd(lost, error));
}

double fma(double x, double y, double z) {
  double result;
  int x_exponent, y_exponent;
  if (!isfinite(x) || !isfinite(y) || !isfinite(z) || x == 0 || y == 0) return x * y + z;
  /* The halves of float's range need factors near one. */
  const double x_size = frexp(x, &x_exponent), y_size = frexp(y, &y_exponent);
  CALCULATE(result, x_scale(fused(x_size, y_size, x_scale(z, -(x_exponent + y_exponent))),
                            x_exponent + y_exponent));
  return result;
}
float fmaf(float x, float y, float z) {
  float result;
  struct environment environment;
  if (!isfinite(x) || !isfinite(y) || !isfinite(z)) return x * y + z;
  begin(&environment);
  *(volatile float*)&result = (float)sum_to_odd((extended)x * y, z); /* the product is exact */
  end(&environment);
  return result;
}

/* remainder's result, and the low three bits of the quotient, with its sign. */
double remquo(double x, double y, int* quotient) {
  const double rest = remainder(x, y);
  *quotient = 0;
  if (isnan(rest) || isinf(y) || x == 0) return rest;
  const double size = fabs(y);
  const double near = fmod(fabs(x), 8 * size); /* its quotient has the same low bits */
  const double whole = near - (signbit(x) ? -rest : rest);
  const int low = (int)rint(whole / size) & 7;
  *quotient = signbit(x) == signbit(y) ? low : -low;
  return rest;
}

double nan(const char* tag) {
  return NAN;
}
float nanf(const char* tag) {
  return NAN;
}
double scalbln(double x, long exponent) {
  const long most = 10000;
  return scalbn(x, (int)(exponent > most ? most : exponent < -most ? -most : exponent));
}

/* The kinds of C99's classification, in float and double (documented under fpclassify). */
int _dtest(double* x) {
  return _dclass(*x);
}
int _fdclass(float x) {
  const float size = x < 0 ? -x : x;
  if (size != 0 && size < 0x1p-126f) return -2; /* FP_SUBNORMAL of float is normal as a double */
  return _dclass(x);
}
int _fdtest(float* x) {
  return _fdclass(*x);
}
int _fdsign(float x) {
  return _dsign(x);
}
double _cabs(struct _complex z) {
  return hypot(z.x, z.y);
}
