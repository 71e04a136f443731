/* printf of msvcrt. Sources: C89 7.9.6.1; Microsoft, "printf type field characters", "_snprintf"
 * (-1 and no zero when it does not fit), "Floating-point formatting" in the change history of
 * Visual C++ 2015 (three digits of an exponent, 17 significant digits before). */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "check.h"

/* msvcrt's own, where mingw-w64 would have its replacement. */
__declspec(dllimport) int __cdecl _snprintf(char*, size_t, const char*, ...);

static char text[400];
#define IS(expected, ...) \
  (_snprintf(text, sizeof text, __VA_ARGS__) == (int)strlen(expected) && !strcmp(text, expected))

static void integers(void) {
  CHECK(IS("42|   42|42   |00042|+42| 42", "%d|%5d|%-5d|%05d|%+d|% d", 42, 42, 42, 42, 42, 42));
  CHECK(IS("-2147483648 4294967295", "%d %u", (-2147483647 - 1), 4294967295u));
  CHECK(IS("ff FF 0xff 017 0X1F", "%x %X %#x %#o %#X", 255, 255, 255, 15, 31));
  CHECK(IS("  007|007  |", "%5.3d|%-5.3d|%.0d", 7, 7, 0));
  CHECK(IS("9223372036854775807 -1", "%I64d %I64d", 9223372036854775807LL, -1LL));
  CHECK(IS("18446744073709551615", "%I64u", ~0ULL));
  CHECK(IS("-1 65535", "%hd %hu", 65535, 65535));
  CHECK(IS("0012FF7C", "%p", (void*)0x12ff7c));
  CHECK(IS("    7|7    |", "%*d|%*d|", 5, 7, -5, 7));
}

static void strings(void) {
  char* volatile nothing = 0;
  CHECK(IS("abc|  abc|abc  |ab", "%s|%5s|%-5s|%.2s", "abc", "abc", "abc", "abc"));
  CHECK(IS("(null) x%", "%s %c%%", (char*)nothing, 'x'));
  CHECK(IS("wide w", "%S %C", L"wide", L'w'));
  CHECK(IS("wide", "%ls", L"wide"));
}

static void doubles(void) {
  CHECK(IS("0.500000 5.000000e-001 0.5", "%f %e %g", 0.5, 0.5, 0.5));
  CHECK(IS("1e+006 100000 1e-005 0.0001", "%g %g %g %g", 1e6, 1e5, 1e-5, 1e-4));
  CHECK(IS("3 3. 1.00000", "%.0f %#.0f %#g", 3.0, 3.0, 1.0));
  CHECK(IS("-0.000000 1.000000e+300", "%f %e", -0.0, 1e300));
  CHECK(IS("0.10000000000000001", "%.17g", 0.1));
  CHECK(IS("0.10000000000000001000", "%.20f", 0.1));
  CHECK(IS("1.#INF00 -1.#INF00", "%f %f", __builtin_inf(), -__builtin_inf()));
}

static void no_room(void) {
  char small[4] = "xyz";
  CHECK(_snprintf(small, 4, "%d", 12345) == -1 && !memcmp(small, "1234", 4));
  CHECK(_snprintf(small, 4, "%d", 1234) == 4 && !memcmp(small, "1234", 4));
  CHECK(_snprintf(small, 4, "%d", 123) == 3 && !strcmp(small, "123"));
}

int main(void) {
  integers();
  strings();
  doubles();
  no_room();
  printf("%s %d %s\n", "formats", 100 - failures, failures ? "FAIL" : "PASS");
  return failures;
}
