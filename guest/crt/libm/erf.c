/* The error function: its series near zero, a continued fraction for the rest (Abramowitz and
 * Stegun 7.1.6 and 7.1.14). */
#include "math_calls.h"

#define TWO_OVER_ROOT_PI 1.12837916709551257389615890312154517L

/* 2/sqrt(pi) exp(-x^2) times the sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)), whose terms do not
 * cancel */
static extended series(extended x) {
  extended term = x, sum = x;
  for (int odd = 3; odd < 400 && term > sum * 1e-21L; odd += 2) {
    term *= 2 * x * x / odd;
    sum += term;
  }
  return TWO_OVER_ROOT_PI * x_exp(-x * x) * sum;
}

/* exp(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from far enough inside */
static extended fraction(extended x) {
  extended value = x;
  for (int k = x < 2 ? 300 : 100; k >= 1; --k) value = x + k / 2.0L / value;
  return x_exp(-x * x) * (TWO_OVER_ROOT_PI / 2) / value;
}

static extended complement(extended x) {
  return x < 1 ? 1 - series(x) : fraction(x);
}

double erf(double x) {
  double result;
  const double size = fabs(x);
  if (isnan(x) || x == 0) return x;
  if (size > 6) return copysign(1, x);
  CALCULATE(result, size < 2 ? series(size) : 1 - fraction(size));
  return copysign(result, x);
}

double erfc(double x) {
  double result;
  if (isnan(x)) return x;
  if (x < -6) return 2;
  if (x > 27) return 0;
  CALCULATE(result, x >= 0 ? complement(x) : 2 - complement(-(extended)x));
  return result;
}
