/* The forms for float: the double's result, rounded, which is right to the last bit but where two
 * roundings differ. */
#include "math_calls.h"

#define OF_ONE(name)       \
  float name##f(float x) { \
    return (float)name(x); \
  }
#define OF_TWO(name)                \
  float name##f(float x, float y) { \
    return (float)name(x, y);       \
  }
OF_ONE(sin)
OF_ONE(cos)
OF_ONE(tan)
OF_ONE(asin)
OF_ONE(acos)
OF_ONE(atan)
OF_ONE(sinh)
OF_ONE(cosh)
OF_ONE(tanh)
OF_ONE(asinh)
OF_ONE(acosh)
OF_ONE(atanh)
OF_ONE(exp)
OF_ONE(exp2)
OF_ONE(expm1)
OF_ONE(log)
OF_ONE(log10)
OF_ONE(log1p)
OF_ONE(log2)
OF_ONE(logb)
OF_ONE(sqrt)
OF_ONE(cbrt)
OF_ONE(floor)
OF_ONE(ceil)
OF_ONE(round)
OF_ONE(trunc)
OF_ONE(rint)
OF_ONE(nearbyint)
OF_ONE(erf)
OF_ONE(erfc)
OF_ONE(lgamma)
OF_ONE(tgamma)
OF_TWO(pow)
OF_TWO(fmod)
OF_TWO(atan2)
OF_TWO(fdim)
OF_TWO(fmax)
OF_TWO(fmin)
OF_TWO(remainder)
OF_TWO(copysign)

float _hypotf(float x, float y) {
  return (float)hypot(x, y);
}
float _copysignf(float x, float y) {
  return (float)copysign(x, y);
}
float _chgsignf(float x) {
  return -x;
}
float remquof(float x, float y, int* quotient) {
  return (float)remquo(x, y, quotient);
}
float scalbnf(float x, int exponent) {
  return (float)scalbn(x, exponent);
}
float scalblnf(float x, long exponent) {
  return (float)scalbln(x, exponent);
}
int ilogbf(float x) {
  return ilogb(x);
}
long lroundf(float x) {
  return lround(x);
}
long lrintf(float x) {
  return lrint(x);
}
long long llroundf(float x) {
  return llround(x);
}
long long llrintf(float x) {
  return llrint(x);
}

/* The next float on the way to y, which is a double for nexttowardf. */
static float next(float x, int up) {
  union {
    float value;
    unsigned bits;
  } both = {x};
  if (x == 0) {
    both.bits = up ? 1 : 0x80000001;
  } else {
    both.bits += up == (x > 0) ? 1 : -1u;
  }
  return both.value;
}
float nextafterf(float x, float y) {
  if (isnan(x) || isnan(y)) return x + y;
  return x == y ? y : next(x, x < y);
}
float nexttowardf(float x, double y) {
  if (isnan(x) || isnan(y)) return (float)(x + y);
  return x == y ? (float)y : next(x, x < y);
}
