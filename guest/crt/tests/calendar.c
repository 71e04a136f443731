/* Calendar time. Sources: C99 7.23, and Microsoft's pages of the functions that C does not have;
 * the examples of dates are arithmetic. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timeb.h>
#include <time.h>
#include <wchar.h>

#include "mingw/check.h"

static const __time64_t march = 1394020805; /* Wednesday, 5 March 2014, 12:00:05 */
static char text[100];
/* Change history of Visual C++ 2015: asctime has a blank, as in C. */
#if CRT_MSVCRT
#define DAY "05"
#else
#define DAY " 5"
#endif
#define IS(format, expected) \
  (strftime(text, sizeof text, format, &tm) == strlen(expected) && !strcmp(text, expected))

static void texts(void) {
  struct tm tm = *_gmtime64(&march);
  CHECK(tm.tm_wday == 3 && tm.tm_yday == 63 && tm.tm_mon == 2 && tm.tm_isdst == 0);
  CHECK(IS("%Y-%m-%d %H:%M:%S", "2014-03-05 12:00:05") &&
        IS("%a %A %b %B", "Wed Wednesday Mar March"));
  CHECK(IS("%I %p %j %U %W %w %y %%", "12 PM 064 09 09 3 14 %"));
  CHECK(IS("%#d %#m %#H:%#M:%#S", "5 3 12:0:5") && IS("%x %X", "03/05/14 12:00:05"));
  CHECK(IS("%#x", "Wednesday, March 05, 2014"));
#if !CRT_MSVCRT
  CHECK(IS("%F %T %D %R %e %C %u %h", "2014-03-05 12:00:05 03/05/14 12:00  5 20 3 Mar"));
  CHECK(IS("%G %g %V", "2014 14 10"));
#else
  CHECK(strftime(text, sizeof text, "%F", &tm) == 0); /* of C99 */
#endif
  CHECK(!strcmp(asctime(&tm), "Wed Mar " DAY " 12:00:05 2014\n"));
  CHECK(!strcmp(_ctime64(&march), "Wed Mar " DAY " 12:00:05 2014\n"));
  CHECK(wcslen(_wasctime(&tm)) == 25);
  wchar_t wide[20];
  CHECK(wcsftime(wide, 20, L"%H.%M", &tm) == 5 && !wcscmp(wide, L"12.00"));
  CHECK(strftime(text, 5, "%H.%M", &tm) == 0); /* no room for the zero */
}

static void conversions(void) {
  struct tm tm = {.tm_year = 114, .tm_mon = 14, .tm_mday = -3, .tm_hour = 25, .tm_isdst = 0};
  /* Month 14 is March of the next year; the day before its 1st is 0, so -3 is 25 February. */
  CHECK(_mktime64(&tm) == 1424912400 && tm.tm_mon == 1 && tm.tm_mday == 26 && tm.tm_hour == 1);
  CHECK(tm.tm_year == 115 && tm.tm_wday == 4);
  struct tm leap = {.tm_year = 100, .tm_mon = 1, .tm_mday = 29};
  CHECK(_mktime64(&leap) == 951782400 && leap.tm_yday == 59);
  struct tm old = {.tm_year = 60, .tm_mday = 1};
  CHECK(_mktime64(&old) == -1);
  CHECK(_difftime64(march, march - 60) == 60.0);
  const __time64_t before = -100000;
  errno = 0;
  CHECK(_gmtime64(&before) == 0 && errno == EINVAL); /* and no handler ends the program */
  const __time64_t last = 32535215999;               /* the end of the year 3000 */
  CHECK(_gmtime64(&last) && _gmtime64(&last)->tm_year == 1100);
}

static void now(void) {
  char date[9], clock_text[9];
  struct __timeb64 milliseconds;
  const __time64_t first = _time64(0);
  CHECK(first > 0 && _strdate(date) == date && _strtime(clock_text) == clock_text);
  CHECK(date[2] == '/' && date[5] == '/' && clock_text[2] == ':' && clock_text[5] == ':');
  _ftime64(&milliseconds);
  CHECK(milliseconds.time - first <= 1 && milliseconds.millitm < 1000);
}

int main(void) {
  texts();
  conversions();
  now();
  puts(failures ? "FAIL calendar" : "PASS calendar");
  return failures;
}
