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

/* 0, or _OVERFLOW or _UNDERFLOW (documented under _atodbl). */
static int range_of(double value) {
  return errno == ERANGE ? (value == 0 ? 4 : 3) : 0;
}
int _atodbl(double* value, char* text) {
  errno = 0;
  *value = strtod(text, 0);
  return range_of(*value);
}
int _atoflt(float* value, const char* text) {
  errno = 0;
  *value = strtof(text, 0);
  return range_of(*value);
}
