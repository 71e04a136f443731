/* The decimal digits of a double, exactly; and rounding them. */
#ifndef CRT_LIBC_DECIMAL_H
#define CRT_LIBC_DECIMAL_H

#include <stdint.h>

/* The least positive double with all its bits has 767 significant digits. */
#define DECIMAL_DIGITS 780

struct crt_decimal {
  int negative;
  int count;                   /* of digits; 0: the value is zero */
  int point;                   /* 0.DIGITS * 10^point */
  char digits[DECIMAL_DIGITS]; /* '0' to '9', no zeros at either end */
};

enum crt_rounding { ROUND_HALF_UP, ROUND_HALF_EVEN };

/* Of a finite value. */
void crt_to_decimal(double value, struct crt_decimal* decimal);
/* Keeps `count` digits (none below 0), rounded; digits beyond are zeros. */
void crt_round_decimal(struct crt_decimal* decimal, int count, enum crt_rounding rounding);

static inline uint64_t crt_double_bits(double value) {
  union {
    double value;
    uint64_t bits;
  } both = {value};
  return both.bits;
}
static inline double crt_double_of(uint64_t bits) {
  union {
    uint64_t bits;
    double value;
  } both = {bits};
  return both.value;
}

#endif
