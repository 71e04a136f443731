/* Numbers into text, in any base. Only base 10 has a sign (documented under _itoa). */
#include "crt.h"

/* From the lowest digit down to `end`; where the first is. A 64-bit division only where needed. */
static char* digits_before(char* end, uint64_t value, unsigned base) {
  static const char symbols[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  while (value >> 32) {
    *--end = symbols[value % base];
    value /= base;
  }
  uint32_t rest = (uint32_t)value;
  do {
    *--end = symbols[rest % base];
    rest /= base;
  } while (rest);
  return end;
}

/* Into the end of a buffer of 66 characters. */
static const char* spell(char* buffer, uint64_t value, int base, int negative) {
  char* end = buffer + 65;
  *end = 0;
  char* first = digits_before(end, negative ? -value : value, (unsigned)base);
  if (negative) *--first = '-';
  return first;
}

static int valid_base(int base) {
  if (base >= 2 && base <= 36) return 1;
  crt_invalid_parameter();
  return 0;
}

static char* narrow(uint64_t value, char* to, int base, int negative) {
  char buffer[66];
  return valid_base(base) ? strcpy(to, spell(buffer, value, base, negative)) : to;
}

static wchar_t* wide(uint64_t value, wchar_t* to, int base, int negative) {
  char buffer[66];
  if (!valid_base(base)) return to;
  const char* text = spell(buffer, value, base, negative);
  size_t i = 0;
  do to[i] = (unsigned char)text[i];
  while (text[i++]);
  return to;
}

static errno_t narrow_s(uint64_t value, char* to, size_t room, int base, int negative) {
  char buffer[66];
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  to[0] = 0;
  if (!valid_base(base)) return EINVAL;
  const char* text = spell(buffer, value, base, negative);
  if (strlen(text) >= room) {
    crt_invalid_parameter();
    return errno = ERANGE;
  }
  strcpy(to, text);
  return 0;
}

static errno_t wide_s(uint64_t value, wchar_t* to, size_t room, int base, int negative) {
  wchar_t buffer[66];
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  to[0] = 0;
  if (!valid_base(base)) return EINVAL;
  wide(value, buffer, base, negative);
  if (wcslen(buffer) >= room) {
    crt_invalid_parameter();
    return errno = ERANGE;
  }
  wcscpy(to, buffer);
  return 0;
}

/* The four forms of each type. `value` widens without a sign but in base 10. */
#define ITOA(type, wide_value, suffix_a, suffix_w)                         \
  char* suffix_a(type value, char* to, int base) {                         \
    return narrow(wide_value, to, base, IS_NEGATIVE(value, base));         \
  }                                                                        \
  errno_t suffix_a##_s(type value, char* to, size_t room, int base) {      \
    return narrow_s(wide_value, to, room, base, IS_NEGATIVE(value, base)); \
  }                                                                        \
  wchar_t* suffix_w(type value, wchar_t* to, int base) {                   \
    return wide(wide_value, to, base, IS_NEGATIVE(value, base));           \
  }                                                                        \
  errno_t suffix_w##_s(type value, wchar_t* to, size_t room, int base) {   \
    return wide_s(wide_value, to, room, base, IS_NEGATIVE(value, base));   \
  }
#define IS_NEGATIVE(value, base) ((base) == 10 && (value) < 0)
#define WIDEN_32(value, base) ((base) == 10 ? (uint64_t)(int64_t)(value) : (uint32_t)(value))

ITOA(int, WIDEN_32(value, base), _itoa, _itow)
ITOA(long, WIDEN_32(value, base), _ltoa, _ltow)
ITOA(int64_t, (uint64_t)value, _i64toa, _i64tow)
#undef IS_NEGATIVE
#define IS_NEGATIVE(value, base) 0
ITOA(unsigned long, value, _ultoa, _ultow)
ITOA(uint64_t, value, _ui64toa, _ui64tow)
