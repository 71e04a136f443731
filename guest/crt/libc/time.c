/* Calendar time: days and seconds since 1970, in UTC, which is the lab's time zone, too. */
#include <time.h>

#include "crt.h"
#include "time_zone.h"

#define DAY 86400

static LARGE_INTEGER system_time(void) {
  LARGE_INTEGER now;
  GetSystemTimeAsFileTime(&now);
  return now;
}

__time64_t _time64(__time64_t* to) {
  /* 100 ns since 1601, of which 1970 is 11644473600 s away. */
  const __time64_t now = system_time() / 10000000 - 11644473600LL;
  if (to) *to = now;
  return now;
}

static LARGE_INTEGER start_time;
void crt_start_clock(void) {
  start_time = system_time();
}
/* Milliseconds since the runtime was loaded. */
clock_t clock(void) {
  return (clock_t)((system_time() - start_time) / 10000);
}

/* Days since 1970 of a date; months from March, so that the leap day is the year's last. */
static int64_t days_of(int64_t year, int month, int day) {
  year += month <= 2 ? -1 : 0;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t of_era = year - 400 * era;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int day_of_year(int64_t year, int month, int day) {
  return (int)(days_of(year, month, day) - days_of(year, 1, 1));
}

static void break_down(int64_t time, struct tm* tm) {
  const int64_t days = time / DAY;
  const int second = (int)(time % DAY);
  int64_t year = 1970 + days / 366;
  while (days_of(year + 1, 1, 1) <= days) ++year;
  int month = 1;
  while (month < 12 && days_of(year, month + 1, 1) <= days) ++month;
  tm->tm_year = (int)(year - 1900);
  tm->tm_mon = month - 1;
  tm->tm_mday = (int)(days - days_of(year, month, 1)) + 1;
  tm->tm_hour = second / 3600;
  tm->tm_min = second / 60 % 60;
  tm->tm_sec = second % 60;
  tm->tm_wday = (int)((days + 4) % 7);
  tm->tm_yday = day_of_year(year, month, tm->tm_mday);
  tm->tm_isdst = 0;
}

/* Before 1970 and after 3000 is an error, of which the handler of invalid parameters is not told
 * (documented under gmtime_s). */
errno_t _gmtime64_s(struct tm* to, const __time64_t* time) {
  if (to) memset(to, 0xff, sizeof *to);
  if (!to || !time) {
    crt_invalid_parameter();
    return EINVAL;
  }
  if (*time < 0 || *time > 32535291599LL) return errno = EINVAL;
  break_down(*time, to);
  return 0;
}
errno_t _localtime64_s(struct tm* to, const __time64_t* time) {
  crt_need_time_zone();
  return _gmtime64_s(to, time);
}
struct tm* _gmtime64(const __time64_t* time) {
  struct crt_thread_data* thread = crt_thread();
  if (!thread->tm) thread->tm = malloc(sizeof *thread->tm);
  return thread->tm && _gmtime64_s(thread->tm, time) == 0 ? thread->tm : 0;
}
struct tm* _localtime64(const __time64_t* time) {
  crt_need_time_zone();
  return _gmtime64(time);
}

/* Fields beyond their range are carried over, and all are made consistent (C99 7.23.2.3). */
__time64_t _mktime64(struct tm* tm) {
  if (!tm) {
    crt_invalid_parameter();
    return -1;
  }
  const int64_t months = (int64_t)tm->tm_year * 12 + tm->tm_mon;
  const int64_t year = 1900 + (months >= 0 ? months : months - 11) / 12;
  const int month = (int)(months - (year - 1900) * 12) + 1;
  const int64_t days = days_of(year, month, 1) + tm->tm_mday - 1;
  const int64_t time =
      days * DAY + (int64_t)tm->tm_hour * 3600 + (int64_t)tm->tm_min * 60 + tm->tm_sec;
  if (time < 0) {
    errno = EINVAL;
    return -1;
  }
  break_down(time, tm);
  return time;
}
__time64_t _mkgmtime64(struct tm* tm) {
  return _mktime64(tm); /* local time is UTC */
}
double _difftime64(__time64_t end, __time64_t start) {
  return (double)(end - start);
}
