/* Calendar time: days and seconds since 1970, in UTC, which is the lab's time zone, too. */
#include "crt.h"

#include <stdio.h>
#include <time.h>

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
__time32_t _time32(__time32_t* to) {
  const __time32_t now = (__time32_t)_time64(0);
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

static int is_leap(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
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

/* Before 1970 and after 3000 is an error (documented under gmtime). */
errno_t _gmtime64_s(struct tm* to, const __time64_t* time) {
  if (!to || !time || *time < 0 || *time > 32535291599LL) {
    if (to) memset(to, 0xff, sizeof *to);
    crt_invalid_parameter();
    return EINVAL;
  }
  break_down(*time, to);
  return 0;
}
errno_t _localtime64_s(struct tm* to, const __time64_t* time) {
  return _gmtime64_s(to, time);
}
struct tm* _gmtime64(const __time64_t* time) {
  struct crt_thread_data* thread = crt_thread();
  if (!thread->tm) thread->tm = malloc(sizeof *thread->tm);
  return thread->tm && _gmtime64_s(thread->tm, time) == 0 ? thread->tm : 0;
}
struct tm* _localtime64(const __time64_t* time) {
  return _gmtime64(time);
}
struct tm* _gmtime32(const __time32_t* time) {
  const __time64_t wide = *time;
  return _gmtime64(&wide);
}
struct tm* _localtime32(const __time32_t* time) {
  return _gmtime32(time);
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
  return _mktime64(tm);
}
__time32_t _mktime32(struct tm* tm) {
  const __time64_t time = _mktime64(tm);
  return time > INT32_MAX ? -1 : (__time32_t)time;
}
double _difftime64(__time64_t end, __time64_t start) {
  return (double)(end - start);
}
double _difftime32(__time32_t end, __time32_t start) {
  return (double)end - (double)start;
}

void _tzset(void) {}
int* __daylight(void) {
  static int daylight;
  return &daylight;
}
long* __timezone(void) {
  static long timezone;
  return &timezone;
}

static const char* const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};
static const char* const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

char* crt_text_buffer(void);

/* "Wed Mar 05 17:20:00 2014\n": Microsoft's has a zero where C's has a blank. */
char* asctime(const struct tm* tm) {
  char* text = crt_text_buffer();
  if (text) strftime(text, 26, "%a %b %d %H:%M:%S %Y\n", tm);
  return text;
}
char* _ctime64(const __time64_t* time) {
  const struct tm* tm = _localtime64(time);
  return tm ? asctime(tm) : 0;
}
char* _ctime32(const __time32_t* time) {
  const __time64_t wide = *time;
  return _ctime64(&wide);
}

struct text_out {
  char* to;
  size_t room, length;
};
static void put_text(struct text_out* out, const char* text, size_t most) {
  for (; *text && most > 0; ++text, --most) {
    if (out->length < out->room) out->to[out->length] = *text;
    ++out->length;
  }
}
static void put_number(struct text_out* out, int value, int digits) {
  char text[12];
  for (int i = digits; i-- > 0; value /= 10) text[i] = (char)('0' + value % 10);
  text[digits] = 0;
  put_text(out, text, (size_t)digits);
}

/* ISO 8601's week, and the year that it belongs to. */
static int iso_week(const struct tm* tm, int* year) {
  const int weekday = (tm->tm_wday + 6) % 7; /* Monday: 0 */
  int week = (tm->tm_yday - weekday + 10) / 7;
  *year = tm->tm_year + 1900;
  if (week < 1) {
    --*year;
    const int last = tm->tm_yday + (is_leap(*year) ? 366 : 365);
    week = (last - weekday + 10) / 7;
  } else if (week == 53 && tm->tm_yday - weekday + 3 >= (is_leap(*year) ? 366 : 365)) {
    ++*year;
    week = 1;
  }
  return week;
}

static int put_field(struct text_out* out, char field, const struct tm* tm);

static void put_fields(struct text_out* out, const char* format, const struct tm* tm) {
  for (; *format; ++format) {
    if (*format != '%') {
      put_text(out, format, 1);
      continue;
    }
    ++format;
    if (*format == '#' || *format == 'E' || *format == 'O') ++format;
    if (!put_field(out, *format, tm)) {
      crt_invalid_parameter();
      out->length = out->room;
      return;
    }
  }
}

static int put_field(struct text_out* out, char field, const struct tm* tm) {
  int iso_year;
  switch (field) {
    case 'a':
      return put_text(out, days[tm->tm_wday], 3), 1;
    case 'A':
      return put_text(out, days[tm->tm_wday], 9), 1;
    case 'b':
    case 'h':
      return put_text(out, months[tm->tm_mon], 3), 1;
    case 'B':
      return put_text(out, months[tm->tm_mon], 9), 1;
    case 'c':
      return put_fields(out, CRT_MSVCRT ? "%m/%d/%y %H:%M:%S" : "%a %b %e %H:%M:%S %Y", tm), 1;
    case 'C':
      return put_number(out, (tm->tm_year + 1900) / 100, 2), 1;
    case 'd':
      return put_number(out, tm->tm_mday, 2), 1;
    case 'D':
      return put_fields(out, "%m/%d/%y", tm), 1;
    case 'e':
      if (tm->tm_mday < 10) put_text(out, " ", 1);
      return put_number(out, tm->tm_mday, tm->tm_mday < 10 ? 1 : 2), 1;
    case 'F':
      return put_fields(out, "%Y-%m-%d", tm), 1;
    case 'g':
      return iso_week(tm, &iso_year), put_number(out, iso_year % 100, 2), 1;
    case 'G':
      return iso_week(tm, &iso_year), put_number(out, iso_year, 4), 1;
    case 'H':
      return put_number(out, tm->tm_hour, 2), 1;
    case 'I':
      return put_number(out, tm->tm_hour % 12 ? tm->tm_hour % 12 : 12, 2), 1;
    case 'j':
      return put_number(out, tm->tm_yday + 1, 3), 1;
    case 'm':
      return put_number(out, tm->tm_mon + 1, 2), 1;
    case 'M':
      return put_number(out, tm->tm_min, 2), 1;
    case 'n':
      return put_text(out, "\n", 1), 1;
    case 'p':
      return put_text(out, tm->tm_hour < 12 ? "AM" : "PM", 2), 1;
    case 'r':
      return put_fields(out, "%I:%M:%S %p", tm), 1;
    case 'R':
      return put_fields(out, "%H:%M", tm), 1;
    case 'S':
      return put_number(out, tm->tm_sec, 2), 1;
    case 't':
      return put_text(out, "\t", 1), 1;
    case 'T':
      return put_fields(out, "%H:%M:%S", tm), 1;
    case 'u':
      return put_number(out, tm->tm_wday ? tm->tm_wday : 7, 1), 1;
    case 'U':
      return put_number(out, (tm->tm_yday + 7 - tm->tm_wday) / 7, 2), 1;
    case 'V':
      return put_number(out, iso_week(tm, &iso_year), 2), 1;
    case 'w':
      return put_number(out, tm->tm_wday, 1), 1;
    case 'W':
      return put_number(out, (tm->tm_yday + 7 - (tm->tm_wday + 6) % 7) / 7, 2), 1;
    case 'x':
      return put_fields(out, "%m/%d/%y", tm), 1;
    case 'X':
      return put_fields(out, "%H:%M:%S", tm), 1;
    case 'y':
      return put_number(out, tm->tm_year % 100, 2), 1;
    case 'Y':
      return put_number(out, tm->tm_year + 1900, 4), 1;
    case 'z':
      return put_text(out, "+0000", 5), 1;
    case 'Z':
      return put_text(out, "UTC", 3), 1;
    case '%':
      return put_text(out, "%", 1), 1;
  }
  return 0;
}

size_t strftime(char* to, size_t room, const char* format, const struct tm* tm) {
  if (!to || room == 0 || !format || !tm) {
    crt_invalid_parameter();
    return 0;
  }
  struct text_out out = {to, room, 0};
  put_fields(&out, format, tm);
  if (out.length >= room) {
    to[0] = 0;
    errno = ERANGE;
    return 0;
  }
  to[out.length] = 0;
  return out.length;
}

/* The fields of "C" are ASCII; what else the format holds must be Latin-1. */
size_t wcsftime(wchar_t* to, size_t room, const wchar_t* format, const struct tm* tm) {
  if (!to || room == 0 || !format || !tm) {
    crt_invalid_parameter();
    return 0;
  }
  const size_t bytes = wcslen(format) + 1;
  char *narrow_format = malloc(bytes), *narrow = malloc(room);
  size_t length = 0;
  if (narrow_format && narrow && wcstombs(narrow_format, format, bytes) != (size_t)-1) {
    length = strftime(narrow, room, narrow_format, tm);
    mbstowcs(to, narrow, length + 1);
  }
  free(narrow_format);
  free(narrow);
  return length;
}
