/* wcstol and its kin. */
#include "crt.h"

#define CHAR wchar_t
#define NAME(rest) wcs##rest
#define NAME_(rest) _wcs##rest
#include "integers.inc"

int _wtoi(const wchar_t* text) {
  return (int)wcstol(text, 0, 10);
}
long _wtol(const wchar_t* text) {
  return wcstol(text, 0, 10);
}
int64_t _wtoi64(const wchar_t* text) {
  return wcstoll(text, 0, 10);
}
long long _wtoll(const wchar_t* text) {
  return wcstoll(text, 0, 10);
}
