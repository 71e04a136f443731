/* Text to a double, rounded as IEEE 754 has it (to nearest, ties to even). */
#ifndef CRT_LIBC_PARSE_DOUBLE_H
#define CRT_LIBC_PARSE_DOUBLE_H

#include <stdint.h>

/* More digits than decide about any double (767 and a sticky one); what is beyond only counts as
 * not zero. */
#define PARSED_DIGITS 770

/* What a scanner collects: decimal digits without leading zeros, 0.DIGITS * 10^point; or for
 * hexadecimal the mantissa and a binary exponent. */
struct crt_number {
  int negative, digits, point;
  int dropped; /* a digit that is not zero was left out */
  char digit[PARSED_DIGITS];
};

/* `precision`: 53 or 24, with the exponents of double or float. `range`: set to 1 when the result
 * is beyond the largest or lost bits below the least normal number. */
double crt_decimal_to_double(const struct crt_number* number, int precision, int* range);
/* mantissa * 2^exponent; `sticky`: bits below were not zero. */
double crt_scale_to_double(uint64_t mantissa, int sticky, int exponent, int precision, int* range);

#endif
