/* The gamma function: Stirling's series for large arguments, recurrence for the others, and around
 * the two zeros of its logarithm the series in zeta(k) - 1. */
#include "math_calls.h"

#define LARGE 16

/* ln(gamma(x)) for x >= LARGE, less (x - 1/2) ln x - x + ln(2 pi)/2: B(2k) / (2k (2k-1) x^(2k-1))
 */
static extended stirling_rest(extended x) {
  static const extended terms[] = {
      1.0L / 12,        -1.0L / 360, 1.0L / 1260,       -1.0L / 1680,      5.0L / 5940,
      -691.0L / 360360, 1.0L / 156,  -3617.0L / 122400, 43867.0L / 244188, -174611.0L / 125400};
  const extended square = 1 / (x * x);
  extended sum = 0;
  for (int i = 9; i >= 0; --i) sum = sum * square + terms[i];
  return sum / x;
}
#define HALF_LN_2PI 0.91893853320467274178032973640561764L
static extended stirling(extended x) {
  return (x - 0.5L) * x_log(x) - x + HALF_LN_2PI + stirling_rest(x);
}

/* x (x+1) ... up to LARGE, which `x` becomes. */
static extended rise(extended* x) {
  extended product = 1;
  for (; *x < LARGE; *x += 1) product *= *x;
  return product;
}

/* ln(gamma(2 + z)) for |z| <= 1/2: (1 - euler) z + sum of (-1)^k (zeta(k) - 1) z^k / k */
static extended near_two(extended z) {
  static const extended zeta[] = {
      0.6449340668482264364724152L,       0.2020569031595942853997382L,
      0.0823232337111381915160037L,       0.03692775514336992633136549L,
      0.01734306198444913971451793L,      0.00834927738192282683979755L,
      0.004077356197944339378685239L,     0.002008392826082214417852769L,
      0.0009945751278180853371459589L,    0.0004941886041194645587022825L,
      0.000246086553308048298637998L,     0.0001227133475784891467518365L,
      0.00006124813505870482925854511L,   0.00003058823630702049355172851L,
      0.00001528225940865187173257149L,   0.000007637197637899762273600294L,
      0.000003817293264999839856461645L,  0.000001908212716553938925656958L,
      0.0000009539620338727961131520387L, 0.0000004769329867878064631167196L,
      0.0000002384505027277329900036482L, 0.0000001192199259653110730677887L,
      5.960818905125947961244021e-8L,     2.980350351465228018606371e-8L,
      1.490155482836504123465851e-8L,     7.450711789835429491981004e-9L,
      3.725334024788457054819204e-9L,     1.86265972351304900640391e-9L,
      9.313274324196681828717647e-10L,    4.656629065033784072989233e-10L,
      2.328311833676505492001456e-10L,    1.164155017270051977592974e-10L};
  extended sum = 0;
  for (int k = 33; k >= 2; --k) sum = (k % 2 ? -zeta[k - 2] : zeta[k - 2]) / k + sum * z;
  return z * (0.4227843350984671393934879L + z * sum);
}

/* For x > 0. */
static extended log_gamma(extended x) {
  if (x_abs(x - 2) <= 0.5L) return near_two(x - 2);
  if (x_abs(x - 1) <= 0.5L) return near_two(x - 1) - x_log1p(x - 1);
  if (x >= LARGE) return stirling(x);
  const extended product = rise(&x);
  return stirling(x) - x_log(product);
}

static extended gamma_of(extended x) {
  const extended product = rise(&x);
  return x_exp(stirling(x)) / product;
}

/* sin(pi x), by how far x is from a whole number. */
static extended sin_pi(extended x) {
  const extended whole = x_rint(x);
  const extended sine = x_sin(X_PI * (x - whole));
  const extended half = whole / 2;
  return half == x_rint(half) ? sine : -sine;
}

double lgamma(double x) {
  double result;
  if (isnan(x)) return x;
  if (isinf(x)) return HUGE_VAL;
  if (x <= 0 && x == floor(x)) return crt_math_error(_SING, "lgamma", x, 0, HUGE_VAL);
  if (x > 0) {
    CALCULATE(result, log_gamma(x));
  } else if (x > -1e-20) {
    CALCULATE(result, -x_log(-(extended)x));
  } else {
    CALCULATE(result, x_log(X_PI / x_abs(sin_pi(x))) - log_gamma(1 - (extended)x));
  }
  return isinf(result) ? crt_math_error(_OVERFLOW, "lgamma", x, 0, result) : result;
}

double tgamma(double x) {
  double result;
  if (isnan(x)) return x;
  if (x == 0) return crt_math_error(_SING, "tgamma", x, 0, copysign(HUGE_VAL, x));
  if (x < 0 && (isinf(x) || x == floor(x))) return crt_math_error(_DOMAIN, "tgamma", x, 0, NAN);
  if (isinf(x) || x > 172)
    return isinf(x) ? x : crt_math_error(_OVERFLOW, "tgamma", x, 0, HUGE_VAL);
  if (x < -185) return fmod(floor(x), 2) != 0 ? -0.0 : 0.0;
  if (x > 0) {
    CALCULATE(result, gamma_of(x));
  } else {
    CALCULATE(result, X_PI / (sin_pi(x) * gamma_of(1 - (extended)x)));
  }
  return isinf(result) ? crt_math_error(_OVERFLOW, "tgamma", x, 0, result) : result;
}
