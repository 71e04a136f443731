/* The exact digits: m * 2^e is the integer m * 2^e or, for e < 0, the integer m * 5^-e with its
 * point moved e places. */
#include "decimal.h"

#include "crt.h"

#define BASE 1000000000u
#define LIMBS 90 /* 9 digits each */

struct big {
  int count;
  uint32_t limb[LIMBS]; /* lowest first */
};

/* The quotient fits: the high half is below BASE. */
static uint32_t divide_by_base(uint64_t value, uint32_t* remainder) {
  uint32_t quotient;
  __asm__("divl %4"
          : "=a"(quotient), "=d"(*remainder)
          : "0"((uint32_t)value), "1"((uint32_t)(value >> 32)), "rm"(BASE)
          : "cc");
  return quotient;
}

static void multiply(struct big* big, uint32_t factor) {
  uint32_t carry = 0;
  for (int i = 0; i < big->count; ++i) {
    carry = divide_by_base((uint64_t)big->limb[i] * factor + carry, &big->limb[i]);
  }
  if (carry) big->limb[big->count++] = carry;
}

static void multiply_power(struct big* big, uint32_t base, int exponent, uint32_t chunk,
                           int in_chunk) {
  for (; exponent >= in_chunk; exponent -= in_chunk) multiply(big, chunk);
  uint32_t rest = 1;
  for (; exponent > 0; --exponent) rest *= base;
  if (rest != 1) multiply(big, rest);
}

static void set(struct big* big, uint64_t value) {
  /* Below 2^53, so the quotient by BASE fits 32 bits. */
  const uint32_t high = divide_by_base(value, &big->limb[0]);
  big->count = 1;
  if (high) big->limb[big->count++] = high;
}

static void strip(struct crt_decimal* decimal) {
  while (decimal->count > 0 && decimal->digits[decimal->count - 1] == '0') --decimal->count;
}

static void spell(const struct big* big, struct crt_decimal* decimal) {
  char* at = decimal->digits;
  for (int i = big->count; i-- > 0;) {
    uint32_t rest = big->limb[i];
    for (uint32_t unit = BASE / 10; unit > 0; unit /= 10) {
      const char digit = (char)('0' + rest / unit);
      rest %= unit;
      if (at != decimal->digits || digit != '0') *at++ = digit;
    }
  }
  decimal->count = (int)(at - decimal->digits);
}

void crt_to_decimal(double value, struct crt_decimal* decimal) {
  const uint64_t bits = crt_double_bits(value);
  const int biased = (int)(bits >> 52 & 0x7ff);
  uint64_t mantissa = bits & 0xfffffffffffffull;
  int exponent = (biased ? biased : 1) - 1075;
  if (biased) mantissa |= 1ull << 52;
  decimal->negative = (int)(bits >> 63);
  decimal->count = 0;
  decimal->point = 0;
  if (!mantissa) return;
  for (; !(mantissa & 1); mantissa >>= 1) ++exponent;
  struct big big;
  set(&big, mantissa);
  if (exponent >= 0) {
    multiply_power(&big, 2, exponent, 1u << 28, 28);
  } else {
    multiply_power(&big, 5, -exponent, 244140625, 12);
  }
  spell(&big, decimal);
  decimal->point = decimal->count + (exponent < 0 ? exponent : 0);
  strip(decimal);
}

static int rounds_up(const struct crt_decimal* decimal, int count, enum crt_rounding rounding) {
  const char next = decimal->digits[count];
  if (next != '5' || rounding == ROUND_HALF_UP) return next >= '5';
  if (decimal->count > count + 1) return 1;
  return count > 0 && (decimal->digits[count - 1] & 1);
}

void crt_round_decimal(struct crt_decimal* decimal, int count, enum crt_rounding rounding) {
  if (count >= decimal->count) return;
  if (count < 0) {
    decimal->count = 0;
    return;
  }
  const int up = rounds_up(decimal, count, rounding);
  decimal->count = count;
  if (!up) {
    strip(decimal);
    return;
  }
  while (decimal->count > 0 && decimal->digits[decimal->count - 1] == '9') --decimal->count;
  if (decimal->count > 0) {
    ++decimal->digits[decimal->count - 1];
    return;
  }
  decimal->digits[decimal->count++] = '1';
  ++decimal->point;
}
