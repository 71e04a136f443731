/* The elementary functions in the x87's 80-bit format, which leaves eleven bits to spare for the
 * errors of series and reductions. Written over basic operations alone (the processor's fsin, fyl2x
 * and f2xm1 differ between makers), so results are the same everywhere. Compiled for a target where
 * long double is that format; called with the precision control at 64 bits. */
#ifndef CRT_LIBM_EXTENDED_H
#define CRT_LIBM_EXTENDED_H

typedef long double extended;
_Static_assert(__LDBL_MANT_DIG__ == 64, "the x87's format");

extended x_exp(extended x);
extended x_expm1(extended x);
extended x_log(extended x);
extended x_log1p(extended x);
extended x_pow(extended x, extended y);
extended x_sin(extended x);
extended x_cos(extended x);
extended x_atan(extended x);
extended x_atan2(extended y, extended x);
extended x_sqrt(extended x);
extended x_rint(extended x);
extended x_scale(extended x, int exponent);

#define X_PI 3.14159265358979323846264338327950288L
#define X_LN2 0.69314718055994530941723212145817657L
#define X_LOG2E 1.44269504088896340735992468100189214L
#define X_LOG10E 0.43429448190325182765112891891660508L

static inline extended x_abs(extended x) {
  return __builtin_fabsl(x);
}

#endif
