/* strftime and wcsftime in the "C" locale (C99 7.23.3.5; documented under strftime). */
#include <time.h>

#include "crt.h"
#include "time_zone.h"

static const char* const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};
static const char* const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

static int is_leap(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

struct text_out {
  char* to;
  size_t room, length;
  int bare; /* '#': numbers without zeros before them, long dates */
};
static void put_text(struct text_out* out, const char* text, size_t most) {
  for (; *text && most > 0; ++text, --most) {
    if (out->length < out->room) out->to[out->length] = *text;
    ++out->length;
  }
}
static void put_number(struct text_out* out, int value, int digits) {
  char text[12];
  if (out->bare) {
    digits = 1;
    for (int rest = value; rest >= 10; rest /= 10) ++digits;
  }
  for (int i = digits; i-- > 0; value /= 10) text[i] = (char)('0' + value % 10);
  text[digits] = 0;
  put_text(out, text, (size_t)digits);
}

/* "+0100": hours and minutes east of UTC. */
static void put_zone_offset(struct text_out* out) {
  crt_need_time_zone();
  const int minutes = (int)(-*__timezone() / 60);
  put_text(out, minutes < 0 ? "-" : "+", 1);
  put_number(out, (minutes < 0 ? -minutes : minutes) / 60, 2);
  put_number(out, (minutes < 0 ? -minutes : minutes) % 60, 2);
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
    out->bare = *format == '#';
    if (*format == '#' || *format == 'E' || *format == 'O') ++format;
    if (!put_field(out, *format, tm)) {
      crt_invalid_parameter();
      out->length = out->room;
      return;
    }
  }
}

/* What C99 added: msvcrt does not know it. */
static int put_new_field(struct text_out* out, char field, const struct tm* tm) {
  int iso_year;
  switch (field) {
    case 'h':
      return put_text(out, months[tm->tm_mon], 3), 1;
    case 'C':
      return put_number(out, (tm->tm_year + 1900) / 100, 2), 1;
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
    case 'n':
      return put_text(out, "\n", 1), 1;
    case 'r':
      return put_fields(out, "%I:%M:%S %p", tm), 1;
    case 'R':
      return put_fields(out, "%H:%M", tm), 1;
    case 't':
      return put_text(out, "\t", 1), 1;
    case 'T':
      return put_fields(out, "%H:%M:%S", tm), 1;
    case 'u':
      return put_number(out, tm->tm_wday ? tm->tm_wday : 7, 1), 1;
    case 'V':
      return put_number(out, iso_week(tm, &iso_year), 2), 1;
  }
  return 0;
}

#define LONG_DATE "%A, %B %d, %Y"

static int put_field(struct text_out* out, char field, const struct tm* tm) {
  if ((field | 0x20) == 'a' && (unsigned)tm->tm_wday > 6) return 0;
  if ((field | 0x20) == 'b' && (unsigned)tm->tm_mon > 11) return 0;
  switch (field) {
    case 'a':
      return put_text(out, days[tm->tm_wday], 3), 1;
    case 'A':
      return put_text(out, days[tm->tm_wday], 9), 1;
    case 'b':
      return put_text(out, months[tm->tm_mon], 3), 1;
    case 'B':
      return put_text(out, months[tm->tm_mon], 9), 1;
    case 'c':
      if (out->bare) return put_fields(out, LONG_DATE " %H:%M:%S", tm), 1;
      return put_fields(out, CRT_MSVCRT ? "%m/%d/%y %H:%M:%S" : "%a %b %e %H:%M:%S %Y", tm), 1;
    case 'd':
      return put_number(out, tm->tm_mday, 2), 1;
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
    case 'p':
      return put_text(out, tm->tm_hour < 12 ? "AM" : "PM", 2), 1;
    case 'S':
      return put_number(out, tm->tm_sec, 2), 1;
    case 'U':
      return put_number(out, (tm->tm_yday + 7 - tm->tm_wday) / 7, 2), 1;
    case 'w':
      return put_number(out, tm->tm_wday, 1), 1;
    case 'W':
      return put_number(out, (tm->tm_yday + 7 - (tm->tm_wday + 6) % 7) / 7, 2), 1;
    case 'x':
      if (out->bare) return put_fields(out, LONG_DATE, tm), 1;
      return put_fields(out, "%m/%d/%y", tm), 1;
    case 'X':
      return put_fields(out, "%H:%M:%S", tm), 1;
    case 'y':
      return put_number(out, tm->tm_year % 100, 2), 1;
    case 'Y':
      return put_number(out, tm->tm_year + 1900, 4), 1;
    case 'z': /* the offset since the UCRT */
      if (!CRT_MSVCRT) return put_zone_offset(out), 1;
      return put_text(out, crt_zone_name(tm->tm_isdst > 0), 64), 1;
    case 'Z':
      return put_text(out, crt_zone_name(tm->tm_isdst > 0), 64), 1;
    case '%':
      return put_text(out, "%", 1), 1;
  }
  return CRT_MSVCRT ? 0 : put_new_field(out, field, tm);
}

size_t strftime(char* to, size_t room, const char* format, const struct tm* tm) {
  if (!to || room == 0 || !format || !tm) {
    crt_invalid_parameter();
    return 0;
  }
  struct text_out out = {to, room, 0, 0};
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
