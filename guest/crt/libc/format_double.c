#include "format_double.h"

#include "crt.h"

static void add(struct crt_spelled* spelled, const char* text, int length) {
  if (length <= 0) return;
  spelled->piece[spelled->pieces].text = text;
  spelled->piece[spelled->pieces++].length = length;
}

static int is_capital(char conversion) {
  return conversion < 'a';
}

/* `count` digits from position `from` (0: the first): zeros where there are none. */
static void add_digits(struct crt_spelled* spelled, int from, int count) {
  const struct crt_decimal* decimal = &spelled->decimal;
  if (from < 0) {
    const int zeros = count < -from ? count : -from;
    add(spelled, 0, zeros);
    from += zeros;
    count -= zeros;
  }
  int known = decimal->count - from;
  if (known < 0) known = 0;
  if (known > count) known = count;
  add(spelled, decimal->digits + from, known);
  add(spelled, 0, count - known);
}

static void add_exponent(struct crt_spelled* spelled, char letter, int exponent, int digits) {
  char* at = spelled->exponent;
  *at++ = letter;
  *at++ = exponent < 0 ? '-' : '+';
  unsigned rest = (unsigned)(exponent < 0 ? -exponent : exponent);
  if (digits < 2 && rest >= 10) digits = 2;
  if (digits < 3 && rest >= 100) digits = 3;
  if (digits < 4 && rest >= 1000) digits = 4;
  for (int i = digits; i-- > 0; rest /= 10) at[i] = (char)('0' + rest % 10);
  add(spelled, spelled->exponent, digits + 2);
}

static void add_point(struct crt_spelled* spelled, int precision, int alternative) {
  if (precision > 0 || alternative) add(spelled, ".", 1);
}

static void spell_fixed(struct crt_spelled* spelled, int precision, int alternative) {
  const int point = spelled->decimal.count ? spelled->decimal.point : 0;
  if (point > 0) {
    add_digits(spelled, 0, point);
  } else {
    add(spelled, "0", 1);
  }
  add_point(spelled, precision, alternative);
  add_digits(spelled, point, precision);
}

static void spell_scientific(struct crt_spelled* spelled, int precision,
                             const struct crt_double_style* style) {
  const struct crt_decimal* decimal = &spelled->decimal;
  add_digits(spelled, 0, 1);
  add_point(spelled, precision, style->alternative);
  add_digits(spelled, 1, precision);
  const int exponent = decimal->count ? decimal->point - 1 : 0;
  add_exponent(spelled, is_capital(style->conversion) ? 'E' : 'e', exponent,
               style->exponent_digits);
}

static void spell_general(struct crt_spelled* spelled, const struct crt_double_style* style) {
  struct crt_decimal* decimal = &spelled->decimal;
  int precision = style->precision < 0 ? 6 : style->precision;
  if (precision == 0) precision = 1;
  crt_round_decimal(decimal, precision, style->rounding);
  const int exponent = decimal->count ? decimal->point - 1 : 0;
  const int scientific = exponent < -4 || exponent >= precision;
  int decimals = scientific ? precision - 1 : precision - 1 - exponent;
  if (!style->alternative) {
    int needed = scientific ? decimal->count - 1 : decimal->count - decimal->point;
    if (!decimal->count) needed = 0;
    if (decimals > needed) decimals = needed;
    if (decimals < 0) decimals = 0;
  }
  if (scientific) {
    spell_scientific(spelled, decimals, style);
  } else {
    spell_fixed(spelled, decimals, style->alternative);
  }
}

/* One digit before the point (0 for a subnormal, as Microsoft's runtime has it), 13 after it. */
static void spell_hexadecimal(double value, struct crt_spelled* spelled,
                              const struct crt_double_style* style) {
  const char* symbols = is_capital(style->conversion) ? "0123456789ABCDEF" : "0123456789abcdef";
  const uint64_t bits = crt_double_bits(value);
  const int biased = (int)(bits >> 52 & 0x7ff);
  uint64_t mantissa = bits & 0xfffffffffffffull;
  if (biased) mantissa |= 1ull << 52;
  const int precision = style->precision < 0 ? 13 : style->precision;
  if (precision < 13) {
    const int dropped = 4 * (13 - precision);
    const uint64_t half = 1ull << (dropped - 1), rest = mantissa & ((half << 1) - 1);
    mantissa >>= dropped;
    if (rest > half || (rest == half && (mantissa & 1 || style->rounding == ROUND_HALF_UP))) {
      ++mantissa;
    }
    mantissa <<= dropped;
  }
  char* digits = spelled->decimal.digits;
  for (int i = 0; i < 14; ++i) digits[i] = symbols[mantissa >> (52 - 4 * i) & 0xf];
  strcpy(spelled->prefix, is_capital(style->conversion) ? "0X" : "0x");
  add(spelled, digits, 1);
  add_point(spelled, precision, style->alternative);
  const int known = precision < 13 ? precision : 13;
  add(spelled, digits + 1, known);
  add(spelled, 0, precision - known);
  const int exponent = biased ? biased - 1023 : (bits << 1 ? -1022 : 0);
  add_exponent(spelled, is_capital(style->conversion) ? 'P' : 'p', exponent, 1);
}

static const char* special_name(uint64_t bits, int old_names, int capital) {
  const uint64_t mantissa = bits & 0xfffffffffffffull;
  const int quiet = (int)(mantissa >> 51);
  const int indefinite = bits == 0xfff8000000000000ull;
  if (old_names) return !mantissa ? "#INF" : indefinite ? "#IND" : quiet ? "#QNAN" : "#SNAN";
  if (!mantissa) return capital ? "INF" : "inf";
  if (indefinite) return capital ? "NAN(IND)" : "nan(ind)";
  if (quiet) return capital ? "NAN" : "nan";
  return capital ? "NAN(SNAN)" : "nan(snan)";
}

/* msvcrt spells 1.#INF by the same way as digits: cut to the precision, and "rounded" by what
 * follows. */
static void spell_old_special(struct crt_spelled* spelled, const struct crt_double_style* style,
                              const char* name) {
  struct crt_decimal* decimal = &spelled->decimal;
  decimal->digits[0] = '1';
  strcpy(decimal->digits + 1, name);
  decimal->count = 1 + (int)strlen(name);
  decimal->point = 1;
  const char conversion = (char)(style->conversion | 0x20);
  int precision = style->precision < 0 ? 6 : style->precision;
  if (conversion == 'g') {
    spell_general(spelled, style);
    return;
  }
  crt_round_decimal(decimal, 1 + precision, ROUND_HALF_UP);
  if (conversion == 'f') {
    spell_fixed(spelled, precision, style->alternative);
  } else {
    spell_scientific(spelled, precision, style);
  }
}

void crt_spell_double(double value, const struct crt_double_style* style,
                      struct crt_spelled* spelled) {
  const uint64_t bits = crt_double_bits(value);
  spelled->negative = (int)(bits >> 63);
  spelled->finite = (bits >> 52 & 0x7ff) != 0x7ff;
  spelled->prefix[0] = 0;
  spelled->pieces = 0;
  if (!spelled->finite) {
    const char* name = special_name(bits, style->old_names, is_capital(style->conversion));
    if (style->old_names) {
      spell_old_special(spelled, style, name);
    } else {
      add(spelled, name, (int)strlen(name));
    }
    return;
  }
  const char conversion = (char)(style->conversion | 0x20);
  if (conversion == 'a') {
    spell_hexadecimal(value, spelled, style);
    return;
  }
  struct crt_decimal* decimal = &spelled->decimal;
  crt_to_decimal(value, decimal);
  if (style->digits_known) crt_round_decimal(decimal, style->digits_known, ROUND_HALF_UP);
  const int precision = style->precision < 0 ? 6 : style->precision;
  switch (conversion) {
    case 'f':
      crt_round_decimal(decimal, decimal->point + precision, style->rounding);
      spell_fixed(spelled, precision, style->alternative);
      break;
    case 'e':
      crt_round_decimal(decimal, 1 + precision, style->rounding);
      spell_scientific(spelled, precision, style);
      break;
    default:
      spell_general(spelled, style);
  }
}
