/* Where the UCRT's printf is not msvcrt's. Sources: Microsoft, "printf type field characters",
 * "snprintf", "_snprintf", "swprintf", and the change history of Visual C++ 2015 and 2019 16.2. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "mingw/check.h"

static char text[400];
#define IS(expected, ...) \
  (snprintf(text, sizeof text, __VA_ARGS__) == (int)strlen(expected) && !strcmp(text, expected))

static void doubles(void) {
  CHECK(IS("5.000000e-01 1e+100", "%e %g", 0.5, 1e100));
  CHECK(IS("0.1000000000000000055511151231257827021181583404541015625", "%.55f", 0.1));
  CHECK(IS("2 4 0.12", "%.0f %.0f %.2f", 2.5, 3.5, 0.125));
  CHECK(IS("inf -INF nan", "%f %F %f", INFINITY, -INFINITY, NAN));
  CHECK(IS("0x1.8000000000000p+0 0X1P+3", "%a %.0A", 1.5, 8.0));
}

static void sizes(void) {
  CHECK(IS("1 2 3 4", "%zu %td %jd %hhd", (size_t)1, (ptrdiff_t)2, (intmax_t)3, 0x104));
  CHECK(IS("-1 18446744073709551615", "%lld %llu", -1LL, ~0ULL));
}

static void no_room(void) {
  char small[4];
  CHECK(snprintf(small, 4, "%d", 12345) == 5 && !strcmp(small, "123"));
  CHECK(snprintf(0, 0, "%d", 12345) == 5);
  CHECK(_snprintf(small, 4, "%d", 12345) == -1 && !memcmp(small, "1234", 4));
  CHECK(_snprintf_s(small, 4, _TRUNCATE, "%d", 12345) == -1 && !strcmp(small, "123"));
  wchar_t wide[8];
  CHECK(swprintf(wide, 8, L"%s %d", L"ab", 7) == 4 && !wcscmp(wide, L"ab 7"));
  CHECK(swprintf(wide, 8, L"%S", "narrow") == 6 && !wcscmp(wide, L"narrow"));
}

int main(void) {
  doubles();
  sizes();
  no_room();
  puts(failures ? "FAIL ucrt_formats" : "PASS ucrt_formats");
  return failures;
}
