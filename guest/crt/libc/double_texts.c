/* Digits of a double as a string (documented under _ecvt, _fcvt and _gcvt). */
#include <stdio.h>

#include "crt.h"
#include "decimal.h"
#include "format.h"

/* `count` digits without a point; `point`: where it would be. */
static void spell(double value, int count, int from_point, int* point, int* negative, char* text) {
  static struct crt_decimal decimal;
  crt_lock(LOCK_TIME);
  crt_to_decimal(value, &decimal);
  crt_round_decimal(&decimal, from_point ? decimal.point + count : count, ROUND_HALF_UP);
  *negative = decimal.negative;
  *point = decimal.count ? decimal.point : 0;
  int length = from_point ? *point + count : count;
  if (length < 0) length = 0;
  if (length > DECIMAL_DIGITS - 1) length = DECIMAL_DIGITS - 1;
  for (int i = 0; i < length; ++i) text[i] = i < decimal.count ? decimal.digits[i] : '0';
  text[length] = 0;
  crt_unlock(LOCK_TIME);
}

/* The buffer is shared (documented). */
static char shared[DECIMAL_DIGITS];
char* _ecvt(double value, int digits, int* point, int* negative) {
  spell(value, digits < 0 ? 0 : digits, 0, point, negative, shared);
  return shared;
}
char* _fcvt(double value, int digits, int* point, int* negative) {
  spell(value, digits, 1, point, negative, shared);
  return shared;
}

static errno_t spell_s(char* to, size_t room, double value, int digits, int from_point, int* point,
                       int* negative) {
  char text[DECIMAL_DIGITS];
  if (to && room > 0) to[0] = 0;
  if (!to || room == 0 || !point || !negative) {
    crt_invalid_parameter();
    return EINVAL;
  }
  spell(value, digits, from_point, point, negative, text);
  if (strlen(text) < room) {
    strcpy(to, text);
    return 0;
  }
  errno = ERANGE;
  _invalid_parameter_noinfo();
  return errno = ERANGE;
}
errno_t _ecvt_s(char* to, size_t room, double value, int digits, int* point, int* negative) {
  return spell_s(to, room, value, digits < 0 ? 0 : digits, 0, point, negative);
}
errno_t _fcvt_s(char* to, size_t room, double value, int digits, int* point, int* negative) {
  return spell_s(to, room, value, digits, 1, point, negative);
}

static int print(char* to, size_t room, const char* format, ...) {
  PASS_ON(format, __stdio_common_vsprintf(PRINTF_STANDARD_SNPRINTF_BEHAVIOR, to, room, format, 0,
                                          arguments));
}

/* "12.5", "1.25e+010": as many digits as are needed, at most `digits`; the point always stays, the
 * zeros after it do not. */
errno_t _gcvt_s(char* to, size_t room, double value, int digits) {
  char text[DECIMAL_DIGITS + 32], ignored[DECIMAL_DIGITS];
  int point, negative;
  if (to && room > 0) to[0] = 0;
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  if (digits < 0) digits = 0;
  if (digits > 500) digits = 500;
  spell(value, digits, 0, &point, &negative, ignored);
  const int with_exponent = value != 0 && (point < 0 || point > digits);
  const int after_point = with_exponent ? digits - 1 : digits - (value != 0 ? point : 1);
  print(text, sizeof text, with_exponent ? "%#.*e" : "%#.*f", after_point < 0 ? 0 : after_point,
        value);
  char *exponent = strchr(text, 'e'), *end = exponent ? exponent : text + strlen(text);
  char* last = end;
  while (last > text && last[-1] == '0') --last;
  memmove(last, end, strlen(end) + 1);
  if (strlen(text) < room) {
    strcpy(to, text);
    return 0;
  }
  errno = ERANGE;
  _invalid_parameter_noinfo();
  return errno = ERANGE;
}
char* _gcvt(double value, int digits, char* to) {
  return _gcvt_s(to, (size_t)-1, value, digits) == 0 ? to : 0;
}
