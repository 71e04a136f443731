/* Exact conversion: the digits as a big integer D, and D * 10^E as a quotient of big integers of
 * which the first 64 bits, and whether more follow, decide. */
#include "parse_double.h"

#include "crt.h"
#include "decimal.h"

#define LIMBS 160 /* 5120 bits: 10^1100 has 3655, 10^770 has 2558 */

struct big {
  int count; /* the highest limb is not zero */
  uint32_t limb[LIMBS];
};

static void multiply_add(struct big* big, uint32_t factor, uint32_t carry) {
  for (int i = 0; i < big->count; ++i) {
    const uint64_t product = (uint64_t)big->limb[i] * factor + carry;
    big->limb[i] = (uint32_t)product;
    carry = (uint32_t)(product >> 32);
  }
  if (carry) big->limb[big->count++] = carry;
}

static void multiply_power_of_ten(struct big* big, int exponent) {
  for (; exponent >= 9; exponent -= 9) multiply_add(big, 1000000000, 0);
  for (; exponent > 0; --exponent) multiply_add(big, 10, 0);
}

static int bits_of(const struct big* big) {
  return big->count ? 32 * big->count - __builtin_clz(big->limb[big->count - 1]) : 0;
}

static void shift_left(struct big* big, int bits) {
  const int limbs = bits / 32, rest = bits % 32;
  for (int i = big->count; i-- > 0;) big->limb[i + limbs] = big->limb[i];
  for (int i = 0; i < limbs; ++i) big->limb[i] = 0;
  big->count += limbs;
  if (rest) multiply_add(big, 1u << rest, 0);
}

static int compare(const struct big* a, const struct big* b) {
  if (a->count != b->count) return a->count < b->count ? -1 : 1;
  for (int i = a->count; i-- > 0;) {
    if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
  }
  return 0;
}

static void subtract(struct big* a, const struct big* b) {
  uint32_t borrow = 0;
  for (int i = 0; i < a->count; ++i) {
    const uint64_t taken = (uint64_t)(i < b->count ? b->limb[i] : 0) + borrow;
    borrow = a->limb[i] < taken;
    a->limb[i] -= (uint32_t)taken;
  }
  while (a->count > 0 && a->limb[a->count - 1] == 0) --a->count;
}

/* The 64 highest bits of a / b * 2^x, of which `exponent` becomes -x. */
static uint64_t leading_quotient(struct big* a, struct big* b, int* exponent, int* sticky) {
  const int shift = bits_of(b) - bits_of(a);
  if (shift > 0) {
    shift_left(a, shift);
  } else if (shift < 0) {
    shift_left(b, -shift);
  }
  /* Now 1/2 < a / b < 2. */
  int produced = 0;
  uint64_t quotient = 0;
  int steps = 0;
  while (produced < 64) {
    const int bit = compare(a, b) >= 0;
    if (bit) subtract(a, b);
    quotient = quotient << 1 | (uint64_t)bit;
    if (quotient) ++produced;
    ++steps;
    if (produced < 64) multiply_add(a, 2, 0);
  }
  *sticky = a->count != 0;
  *exponent = -shift - (steps - 1);
  return quotient;
}

double crt_scale_to_double(uint64_t mantissa, int sticky, int exponent, int precision, int* range) {
  const int least = precision == 53 ? -1074 : -149; /* of the lowest bit of a subnormal */
  const int highest = precision == 53 ? 1024 : 128;
  if (!mantissa) return 0;
  const int length = 64 - __builtin_clzll(mantissa);
  int drop = length - precision;
  if (exponent + drop < least) drop = least - exponent;
  if (drop > 64) {
    mantissa = 0;
    sticky = 1;
  } else if (drop > 0) {
    const uint64_t half = 1ull << (drop - 1);
    const uint64_t rest = drop == 64 ? mantissa : mantissa & ((half << 1) - 1);
    mantissa = drop == 64 ? 0 : mantissa >> drop;
    const int inexact = rest != 0 || sticky;
    if (inexact && exponent + drop == least && !(mantissa >> (precision - 1))) *range = 1;
    if (rest > half || (rest == half && (sticky || (mantissa & 1)))) ++mantissa;
  }
  if (drop > 0) exponent += drop;
  if (!mantissa) {
    *range = 1;
    return 0;
  }
  const int place = 63 - __builtin_clzll(mantissa); /* of the highest bit */
  if (place + exponent >= highest) {
    *range = 1;
    return crt_double_of(0x7ff0000000000000ull);
  }
  if (place + exponent < -1022) return crt_double_of(mantissa << (exponent + 1074));
  mantissa <<= 52 - place;
  return crt_double_of((uint64_t)(place + exponent + 1023) << 52 | (mantissa & 0xfffffffffffffull));
}

double crt_decimal_to_double(const struct crt_number* number, int precision, int* range) {
  struct big a = {0}, b = {1, {1}};
  double value;
  if (number->digits == 0) {
    value = 0;
  } else if (number->point > 310) {
    *range = 1;
    value = crt_double_of(0x7ff0000000000000ull);
  } else if (number->point < -330) {
    *range = 1;
    value = 0;
  } else {
    for (int i = 0; i < number->digits; ++i) {
      multiply_add(&a, 10, (uint32_t)(number->digit[i] - '0'));
    }
    const int exponent = number->point - number->digits;
    multiply_power_of_ten(exponent > 0 ? &a : &b, exponent > 0 ? exponent : -exponent);
    int binary, sticky;
    const uint64_t mantissa = leading_quotient(&a, &b, &binary, &sticky);
    value = crt_scale_to_double(mantissa, sticky || number->dropped, binary, precision, range);
  }
  return number->negative ? -value : value;
}
