/* strtol and its kin. */
#include "crt.h"

#define CHAR char
#define NAME(rest) str##rest
#define NAME_(rest) _str##rest
#include "integers.inc"

/* Too large is the nearest value, with ERANGE (documented under atoi). */
int atoi(const char* text) {
  return (int)strtol(text, 0, 10);
}
long atol(const char* text) {
  return strtol(text, 0, 10);
}
long long atoll(const char* text) {
  return strtoll(text, 0, 10);
}
int64_t _atoi64(const char* text) {
  return strtoll(text, 0, 10);
}
