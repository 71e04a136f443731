/* The functions of C99 that the UCRT adds: values of mpmath (60 digits), within two units of the
 * last place; fma, remquo and <fenv.h> by C99 7.12, 7.6 and arithmetic. */
#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "mingw/check.h"

static const struct {
  double (*function)(double);
  const char* name;
  double x, expected;
} values[] = {
    {erf, "erf", 0x1.b7cdfd9d7bdbbp-34, 0x1.f044332d68161p-34},
    {erf, "erf", 0x1.0000000000000p-2, 0x1.1af54e232d609p-2},
    {erf, "erf", 0x1.0000000000000p-1, 0x1.0a7ef5c18edd2p-1},
    {erf, "erf", 0x1.0000000000000p+0, 0x1.af767a741088bp-1},
    {erf, "erf", 0x1.c000000000000p+0, 0x1.f92d077f8d56dp-1},
    {erf, "erf", 0x1.4000000000000p+1, 0x1.ffcaa8f4c9beap-1},
    {erf, "erf", -0x1.a000000000000p+1, -0x1.ffff6f9f67e55p-1},
    {erf, "erf", 0x1.6000000000000p+2, 0x1.fffffffffffbep-1},
    {erfc, "erfc", -0x1.0000000000000p+1, 0x1.fecd70a13caf2p+0},
    {erfc, "erfc", 0x1.0000000000000p-3, 0x1.b82879728f11ep-1},
    {erfc, "erfc", 0x1.8000000000000p-1, 0x1.27c6d14c5e341p-2},
    {erfc, "erfc", 0x1.0000000000000p+0, 0x1.4226162fbddd5p-3},
    {erfc, "erfc", 0x1.8000000000000p+0, 0x1.15aaa8ec85205p-5},
    {erfc, "erfc", 0x1.4000000000000p+1, 0x1.aab859b20ac9ep-12},
    {erfc, "erfc", 0x1.4000000000000p+2, 0x1.b0c1a759f7739p-40},
    {erfc, "erfc", 0x1.8800000000000p+3, 0x1.0aef9bffa708dp-221},
    {erfc, "erfc", 0x1.a000000000000p+4, 0x1.284bfe1cdea24p-981},
    {tgamma, "tgamma", 0x1.0000000000000p-1, 0x1.c5bf891b4ef6bp+0},
    {tgamma, "tgamma", 0x1.0000000000000p+0, 0x1.0000000000000p+0},
    {tgamma, "tgamma", 0x1.8000000000000p+0, 0x1.c5bf891b4ef6bp-1},
    {tgamma, "tgamma", 0x1.0000000000000p+2, 0x1.8000000000000p+2},
    {tgamma, "tgamma", 0x1.4000000000000p+3, 0x1.6260000000000p+18},
    {tgamma, "tgamma", 0x1.9800000000000p+4, 0x1.46d3154953cdcp+81},
    {tgamma, "tgamma", 0x1.9100000000000p+6, 0x1.b7d035f47bc48p+519},
    {tgamma, "tgamma", 0x1.5700000000000p+7, 0x1.0e1863dcad789p+1023},
    {tgamma, "tgamma", 0x1.4f8b588e368f1p-17, 0x1.869f6c3c3e0bbp+16},
    {tgamma, "tgamma", -0x1.0000000000000p-1, -0x1.c5bf891b4ef6bp+1},
    {tgamma, "tgamma", -0x1.a000000000000p+1, 0x1.128f7495b6d1dp-1},
    {tgamma, "tgamma", -0x1.4200000000000p+4, -0x1.553c8eff6c1b7p-59},
    {lgamma, "lgamma", 0x1.4f8b588e368f1p-17, 0x1.7069d68f4ec83p+3},
    {lgamma, "lgamma", 0x1.0000000000000p-1, 0x1.250d048e7a1bdp-1},
    {lgamma, "lgamma", 0x1.000001ad7f29bp+0, -0x1.efd30c8e518b9p-25},
    {lgamma, "lgamma", 0x1.4000000000000p+0, -0x1.92857d38caf41p-4},
    {lgamma, "lgamma", 0x1.ffbe76c8b4396p+0, -0x1.bafbb9e26f3e4p-12},
    {lgamma, "lgamma", 0x1.4000000000000p+1, 0x1.2383e809a67e8p-2},
    {lgamma, "lgamma", 0x1.8000000000000p+1, 0x1.62e42fefa39efp-1},
    {lgamma, "lgamma", 0x1.f000000000000p+3, 0x1.a89733a64170dp+4},
    {lgamma, "lgamma", 0x1.f400000000000p+9, 0x1.711386da7cab6p+12},
    {lgamma, "lgamma", 0x1.2a05f20000000p+33, 0x1.9a43710f467c1p+37},
    {lgamma, "lgamma", -0x1.0000000000000p-1, 0x1.43f89a3f0edd6p+0},
    {lgamma, "lgamma", -0x1.f000000000000p+2, -0x1.129e7f337697ap+3},
};

static long long order(double x) {
  long long bits;
  memcpy(&bits, &x, sizeof bits);
  return bits < 0 ? -(bits & 0x7fffffffffffffffLL) : bits;
}

static void tables(void) {
  for (size_t i = 0; i < sizeof values / sizeof values[0]; ++i) {
    const double found = values[i].function(values[i].x);
    const long long off = order(found) - order(values[i].expected);
    if (off < -2 || off > 2) {
      printf("%s(%.17g) is %.17g, not %.17g\n", values[i].name, values[i].x, found,
             values[i].expected);
      ++failures;
    }
  }
}

static void edges(void) {
  errno = 0;
  CHECK(isinf(lgamma(-3.0)) && errno == ERANGE && lgamma(1.0) == 0 && lgamma(2.0) == 0);
  CHECK(isnan(tgamma(-3.0)) && errno == EDOM && tgamma(6.0) == 120);
  CHECK(isinf(tgamma(200.0)) && errno == ERANGE && erf(INFINITY) == 1 && erfc(-INFINITY) == 2);
}

static void exact(void) {
  int quotient;
  /* (1 + 2^-52)^2 - 1 = 2^-51 + 2^-104: plain arithmetic loses the last part. */
  const double near_one = 1 + 0x1p-52;
  CHECK(fma(near_one, near_one, -1.0) == 0x1p-51 + 0x1p-104);
  CHECK(fma(0x1p1000, 0x1p-1000, -1.0) == 0 && fma(3.0, 4.0, 5.0) == 17);
  /* 2^-53 beyond one is half a unit: the product's tail decides. */
  CHECK(fma(1 + 0x1p-30, 1 - 0x1p-30, 0x1p-53) == 1 - 0x1p-60 + 0x1p-53);
  CHECK(fmaf(1 + 0x1p-12f, 1 + 0x1p-12f, 0x1p-60f) == 1 + 0x1p-11f + 0x1p-23f);
  CHECK(remquo(29.0, 3.0, &quotient) == -1 && (quotient & 7) == (10 & 7));
  CHECK(remquo(-29.0, 3.0, &quotient) == 1 && (-quotient & 7) == (10 & 7));
  CHECK(scalbln(1.0, 20000) == HUGE_VAL && isnan(nan("")) &&
        nextafterf(1.0f, 2.0f) == 1 + FLT_EPSILON);
  CHECK(sqrtf(2.0f) == 1.41421356f && cbrtf(27.0f) == 3 && roundf(-2.5f) == -3 &&
        fmaxf(1, NAN) == 1);
}

static volatile double one = 1, three = 3;
static void environment(void) {
  fenv_t saved;
  CHECK(fegetround() == FE_TONEAREST && fegetenv(&saved) == 0);
  CHECK(fesetround(FE_UPWARD) == 0 && fegetround() == FE_UPWARD);
  volatile double up = one / three;
  CHECK(fesetround(FE_DOWNWARD) == 0);
  volatile double down = one / three;
  CHECK(up > down && fesetround(0x1234567) != 0 && fesetenv(&saved) == 0);
  CHECK(fegetround() == FE_TONEAREST);
  const fexcept_t both = FE_INVALID | FE_INEXACT;
  CHECK(feclearexcept(FE_ALL_EXCEPT) == 0 && fetestexcept(FE_ALL_EXCEPT) == 0);
  CHECK(fesetexceptflag(&both, FE_INVALID) == 0 && fetestexcept(FE_ALL_EXCEPT) == FE_INVALID);
  CHECK(feclearexcept(FE_INVALID) == 0 && fetestexcept(FE_ALL_EXCEPT) == 0);
}

int main(void) {
  tables();
  edges();
  exact();
  environment();
  puts(failures ? "FAIL special_functions" : "PASS special_functions");
  return failures;
}
