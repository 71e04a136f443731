/* wcstod and its kin. */
#include "crt.h"
#include "decimal.h"
#include "parse_double.h"

#define CHAR wchar_t
#include "doubles.inc"

static double convert(const wchar_t* text, wchar_t** end, int precision) {
  const wchar_t* stop = text;
  double value = 0;
  if (text) {
    value = read_double(text, &stop, precision);
  } else {
    crt_invalid_parameter();
  }
  if (end) *end = (wchar_t*)stop;
  return value;
}

double wcstod(const wchar_t* text, wchar_t** end) {
  return convert(text, end, 53);
}
float wcstof(const wchar_t* text, wchar_t** end) {
  return (float)convert(text, end, 24);
}
double _wtof(const wchar_t* text) {
  return wcstod(text, 0);
}
