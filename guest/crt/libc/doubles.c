/* strtod and its kin. */
#include "crt.h"
#include "decimal.h"
#include "parse_double.h"

#define CHAR char
#include "doubles.inc"

static double convert(const char* text, char** end, int precision) {
  const char* stop = text;
  double value = 0;
  if (text) {
    value = read_double(text, &stop, precision);
  } else {
    crt_invalid_parameter();
  }
  if (end) *end = (char*)stop;
  return value;
}

double strtod(const char* text, char** end) {
  return convert(text, end, 53);
}
float strtof(const char* text, char** end) {
  return (float)convert(text, end, 24);
}
long double strtold(const char* text, char** end) {
  return strtod(text, end); /* the same type in Microsoft's ABI */
}
double atof(const char* text) {
  return strtod(text, 0);
}
int _atodbl(double* value, char* text) {
  errno = 0;
  *value = strtod(text, 0);
  return errno == ERANGE ? (*value == 0 ? 4 : 3) : 0; /* _UNDERFLOW, _OVERFLOW */
}

/* `count` digits without a point; `point`: where it would be. The buffer is shared (documented). */
static char* spell(double value, int count, int from_point, int* point, int* negative) {
  static char text[DECIMAL_DIGITS];
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
  return text;
}
char* _ecvt(double value, int digits, int* point, int* negative) {
  return spell(value, digits < 0 ? 0 : digits, 0, point, negative);
}
char* _fcvt(double value, int digits, int* point, int* negative) {
  return spell(value, digits, 1, point, negative);
}
