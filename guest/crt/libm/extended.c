#include "extended.h"

extended x_sqrt(extended x) {
  __asm__("fsqrt" : "+t"(x));
  return x;
}

/* To nearest: the control word is the callers' own. */
extended x_rint(extended x) {
  __asm__("frndint" : "+t"(x));
  return x;
}

extended x_scale(extended x, int exponent) {
  const extended by = exponent;
  __asm__("fscale" : "+t"(x) : "u"(by));
  return x;
}

/* x = n ln 2 + r; ln 2 in two parts, the first with 32 bits so that n times it is exact. */
static extended reduce_exp(extended x, int* n) {
  const extended high = 0x1.62e42fefp-1L, low = 0x1.473de6af278ece6p-34L;
  const extended whole = x_rint(x * X_LOG2E);
  *n = (int)whole;
  return (x - whole * high) - whole * low;
}

/* e^r - 1 for |r| < 0.35: the series, whose terms fall below 2^-64 before the twentieth. */
static extended series_expm1(extended r) {
  extended sum = 0;
  for (int k = 20; k > 0; --k) sum = r * (1 + sum) / k;
  return sum;
}

extended x_exp(extended x) {
  int n;
  if (x > 12000) return __builtin_infl();
  if (x < -12000) return 0;
  const extended r = reduce_exp(x, &n);
  return x_scale(1 + series_expm1(r), n);
}

extended x_expm1(extended x) {
  return x_abs(x) < 0.34L ? series_expm1(x) : x_exp(x) - 1;
}

/* 2 artanh(s) = log((1 + s) / (1 - s)), |s| < 0.172. */
static extended series_log(extended s) {
  const extended square = s * s;
  extended sum = 0;
  for (int k = 33; k > 1; k -= 2) sum = square * (1.0L / k + sum);
  return 2 * s * (1 + sum);
}

/* x = m * 2^exponent with m around 1. */
static extended split(extended x, int* exponent) {
  extended mantissa, power;
  __asm__("fxtract" : "=t"(mantissa), "=u"(power) : "0"(x));
  *exponent = (int)power;
  if (mantissa > 1.41421356237309504880L) {
    mantissa /= 2;
    ++*exponent;
  }
  return mantissa;
}

extended x_log(extended x) {
  int exponent;
  const extended mantissa = split(x, &exponent);
  const extended high = 0x1.62e42fefp-1L, low = 0x1.473de6af278ece6p-34L;
  const extended part = series_log((mantissa - 1) / (mantissa + 1));
  return exponent * high + (part + exponent * low);
}

extended x_log1p(extended x) {
  return x_abs(x) < 0.3L ? series_log(x / (2 + x)) : x_log(1 + x);
}

static extended whole_power(extended x, unsigned n) {
  extended result = 1;
  for (; n > 0; n >>= 1, x *= x) {
    if (n & 1) result *= x;
  }
  return result;
}

/* For finite x > 0 and finite y: exact where a whole power is; else 2^(y log2 x), with the product
 * kept in two parts. */
extended x_pow(extended x, extended y) {
  if (y == x_rint(y) && x_abs(y) <= 64) {
    const extended power = whole_power(x, (unsigned)x_abs(y));
    return y < 0 ? 1 / power : power;
  }
  int exponent;
  const extended mantissa = split(x, &exponent);
  /* log2 of the mantissa is below 1/2, so its error is small beside the exponent's exact part. */
  const extended fraction = series_log((mantissa - 1) / (mantissa + 1)) * X_LOG2E;
  const extended whole = x_rint(y * exponent + y * fraction);
  if (whole > 17000) return __builtin_infl();
  if (whole < -17000) return 0;
  const extended rest = (y * exponent - whole) + y * fraction;
  int n;
  const extended r = reduce_exp(rest * X_LN2, &n);
  return x_scale(1 + series_expm1(r), (int)whole + n);
}

/* x = n pi/2 + r, |r| <= pi/4. Pi/2 in three parts of 33, 33 and 64 bits: exact products up to
 * n = 2^31; beyond it the remainder by the processor's own pi, as fsin's users take it. */
static extended reduce_angle(extended x, int* quadrant) {
  const extended first = 0x1.921fb544p0L, second = 0x1.0b4611a6p-34L,
                 third = 0x1.3198a2e03707344ap-69L;
  if (x_abs(x) > 3e9L) {
    const extended circle = 2 * X_PI;
    unsigned short status;
    do {
      __asm__("fprem1; fnstsw %w1" : "+t"(x), "=a"(status) : "u"(circle) : "cc");
    } while (status & 0x400);
  }
  const extended n = x_rint(x * (2 / X_PI));
  *quadrant = (int)((long long)n & 3);
  return ((x - n * first) - n * second) - n * third;
}

static extended series_sin(extended r) {
  const extended square = r * r;
  extended sum = 0;
  for (int k = 22; k > 0; k -= 2) sum = -square / (k * (k + 1)) * (1 + sum);
  return r * (1 + sum);
}
static extended series_cos(extended r) {
  const extended square = r * r;
  extended sum = 0;
  for (int k = 22; k > 0; k -= 2) sum = -square / (k * (k - 1)) * (1 + sum);
  return 1 + sum;
}

static extended sin_of_quadrant(extended r, int quadrant) {
  const extended value = quadrant & 1 ? series_cos(r) : series_sin(r);
  return quadrant & 2 ? -value : value;
}
extended x_sin(extended x) {
  int quadrant;
  const extended r = reduce_angle(x, &quadrant);
  return sin_of_quadrant(r, quadrant);
}
extended x_cos(extended x) {
  int quadrant;
  const extended r = reduce_angle(x, &quadrant);
  return sin_of_quadrant(r, quadrant + 1);
}

/* Twice halved, atan x = 2 atan(x / (1 + sqrt(1 + x^2))), the argument is below 0.2. */
extended x_atan(extended x) {
  const extended size = x_abs(x);
  extended t = size > 1 ? 1 / size : size;
  for (int i = 0; i < 2; ++i) t = t / (1 + x_sqrt(1 + t * t));
  const extended square = t * t;
  extended sum = 0;
  for (int k = 31; k > 1; k -= 2) sum = -square * (1.0L / k + sum);
  extended angle = 4 * t * (1 + sum);
  if (size > 1) angle = X_PI / 2 - angle;
  return x < 0 ? -angle : angle;
}

extended x_atan2(extended y, extended x) {
  const int y_negative = __builtin_signbit(y) != 0;
  extended angle;
  if (x == 0 && y == 0) {
    angle = 0;
  } else if (__builtin_isinf(x) && __builtin_isinf(y)) {
    angle = X_PI / 4;
  } else {
    angle =
        x_abs(x) >= x_abs(y) ? x_atan(x_abs(y) / x_abs(x)) : X_PI / 2 - x_atan(x_abs(x) / x_abs(y));
  }
  if (__builtin_signbit(x)) angle = X_PI - angle;
  return y_negative ? -angle : angle;
}
