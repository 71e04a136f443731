/* The other forms of the functions of calendar time: of 32 bits, with a buffer's size, wide. Each
 * calls the one form that does the work. */
#include <sys/timeb.h>
#include <time.h>

#include "crt.h"
#include "time_zone.h"

#define LEAST_TEXT 26 /* what asctime writes */

__time32_t _time32(__time32_t* to) {
  const __time32_t now = (__time32_t)_time64(0);
  if (to) *to = now;
  return now;
}

struct tm* _gmtime32(const __time32_t* time) {
  const __time64_t wide = time ? *time : 0;
  return _gmtime64(time ? &wide : 0);
}
struct tm* _localtime32(const __time32_t* time) {
  const __time64_t wide = time ? *time : 0;
  return _localtime64(time ? &wide : 0);
}
errno_t _gmtime32_s(struct tm* to, const __time32_t* time) {
  const __time64_t wide = time ? *time : 0;
  return _gmtime64_s(to, time ? &wide : 0);
}
errno_t _localtime32_s(struct tm* to, const __time32_t* time) {
  const __time64_t wide = time ? *time : 0;
  return _localtime64_s(to, time ? &wide : 0);
}
__time32_t _mktime32(struct tm* tm) {
  const __time64_t time = _mktime64(tm);
  return time > INT32_MAX ? -1 : (__time32_t)time;
}
__time32_t _mkgmtime32(struct tm* tm) {
  const __time64_t time = _mkgmtime64(tm);
  return time > INT32_MAX ? -1 : (__time32_t)time;
}
double _difftime32(__time32_t end, __time32_t start) {
  return (double)end - (double)start;
}

static int is_date(const struct tm* tm) {
  return tm && tm->tm_year >= 0 && tm->tm_year <= 8099 && (unsigned)tm->tm_mon < 12 &&
         tm->tm_mday >= 1 && tm->tm_mday <= 31 && (unsigned)tm->tm_hour < 24 &&
         (unsigned)tm->tm_min < 60 && (unsigned)tm->tm_sec < 60 && (unsigned)tm->tm_wday < 7;
}

/* "Wed Mar  5 17:20:00 2014\n", as C has it; before the UCRT there was a zero in place of the blank
 * (change history of Visual C++ 2015). */
errno_t asctime_s(char* to, size_t room, const struct tm* tm) {
  if (to && room > 0) to[0] = 0;
  if (!to || room < LEAST_TEXT || !is_date(tm)) {
    crt_invalid_parameter();
    return EINVAL;
  }
  strftime(to, room, CRT_MSVCRT ? "%a %b %d %H:%M:%S %Y\n" : "%a %b %e %H:%M:%S %Y\n", tm);
  return 0;
}
errno_t _ctime64_s(char* to, size_t room, const __time64_t* time) {
  struct tm tm;
  if (to && room > 0) to[0] = 0;
  if (!to || room < LEAST_TEXT || !time) {
    crt_invalid_parameter();
    return EINVAL;
  }
  const errno_t error = _localtime64_s(&tm, time);
  return error ? error : asctime_s(to, room, &tm);
}
errno_t _ctime32_s(char* to, size_t room, const __time32_t* time) {
  const __time64_t wide = time ? *time : 0;
  return _ctime64_s(to, room, time ? &wide : 0);
}

char* crt_text_buffer(void);

char* asctime(const struct tm* tm) {
  char* text = crt_text_buffer();
  return text && asctime_s(text, LEAST_TEXT, tm) == 0 ? text : 0;
}
char* _ctime64(const __time64_t* time) {
  char* text = crt_text_buffer();
  return text && _ctime64_s(text, LEAST_TEXT, time) == 0 ? text : 0;
}
char* _ctime32(const __time32_t* time) {
  char* text = crt_text_buffer();
  return text && _ctime32_s(text, LEAST_TEXT, time) == 0 ? text : 0;
}

/* Wide forms, of what has LEAST_TEXT characters. */
#define WIDE_TEXT(name, parameter, call)                           \
  errno_t name##_s(wchar_t* to, size_t room, parameter) {          \
    char text[LEAST_TEXT];                                         \
    if (to && room > 0) to[0] = 0;                                 \
    if (!to || room < LEAST_TEXT) {                                \
      crt_invalid_parameter();                                     \
      return EINVAL;                                               \
    }                                                              \
    const errno_t error = call;                                    \
    if (error == 0) mbstowcs(to, text, room);                      \
    return error;                                                  \
  }                                                                \
  wchar_t* name(parameter) {                                       \
    wchar_t* to = (wchar_t*)crt_text_buffer();                     \
    return to && name##_s(to, LEAST_TEXT, argument) == 0 ? to : 0; \
  }
WIDE_TEXT(_wasctime, const struct tm* argument, asctime_s(text, sizeof text, argument))
WIDE_TEXT(_wctime32, const __time32_t* argument, _ctime32_s(text, sizeof text, argument))
WIDE_TEXT(_wctime64, const __time64_t* argument, _ctime64_s(text, sizeof text, argument))

/* Today as "03/05/14", and now as "17:20:00": nine characters. */
static errno_t today(char* to, size_t room, const char* format) {
  struct tm tm;
  const __time64_t now = _time64(0);
  if (to && room > 0) to[0] = 0;
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  if (room < 9) {
    errno = ERANGE;
    _invalid_parameter_noinfo();
    return errno = ERANGE;
  }
  _localtime64_s(&tm, &now);
  strftime(to, room, format, &tm);
  return 0;
}
static errno_t wide_today(wchar_t* to, size_t room, const char* format) {
  char text[9];
  const errno_t error = today(to ? text : 0, room < sizeof text ? room : sizeof text, format);
  if (error == 0) mbstowcs(to, text, room);
  if (error && to && room > 0) to[0] = 0;
  return error;
}
errno_t _strdate_s(char* to, size_t room) {
  return today(to, room, "%m/%d/%y");
}
errno_t _strtime_s(char* to, size_t room) {
  return today(to, room, "%H:%M:%S");
}
errno_t _wstrdate_s(wchar_t* to, size_t room) {
  return wide_today(to, room, "%m/%d/%y");
}
errno_t _wstrtime_s(wchar_t* to, size_t room) {
  return wide_today(to, room, "%H:%M:%S");
}
char* _strdate(char* to) {
  return _strdate_s(to, 9) == 0 ? to : 0;
}
char* _strtime(char* to) {
  return _strtime_s(to, 9) == 0 ? to : 0;
}
wchar_t* _wstrdate(wchar_t* to) {
  return _wstrdate_s(to, 9) == 0 ? to : 0;
}
wchar_t* _wstrtime(wchar_t* to) {
  return _wstrtime_s(to, 9) == 0 ? to : 0;
}

errno_t _ftime64_s(struct __timeb64* to) {
  LARGE_INTEGER now;
  if (!to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  crt_need_time_zone();
  GetSystemTimeAsFileTime(&now);
  const LARGE_INTEGER milliseconds = now / 10000 - 11644473600000LL;
  to->time = milliseconds / 1000;
  to->millitm = (unsigned short)(milliseconds % 1000);
  to->timezone = (short)(*__timezone() / 60);
  to->dstflag = 0;
  return 0;
}
errno_t _ftime32_s(struct __timeb32* to) {
  struct __timeb64 all;
  const errno_t error = _ftime64_s(to ? &all : 0);
  if (!error) {
    *to = (struct __timeb32){(__time32_t)all.time, all.millitm, all.timezone, all.dstflag};
  }
  return error;
}
void _ftime64(struct __timeb64* to) {
  _ftime64_s(to);
}
void _ftime32(struct __timeb32* to) {
  _ftime32_s(to);
}

/* C11's timespec_get: the base, or 0. */
int _timespec64_get(struct _timespec64* to, int base) {
  LARGE_INTEGER now;
  if (!to || base != TIME_UTC) return 0;
  GetSystemTimeAsFileTime(&now);
  now -= 116444736000000000;
  to->tv_sec = now / 10000000;
  to->tv_nsec = (long)(now % 10000000) * 100;
  return base;
}
int _timespec32_get(struct _timespec32* to, int base) {
  struct _timespec64 all;
  if (!to || !_timespec64_get(&all, base)) return 0;
  *to = (struct _timespec32){(__time32_t)all.tv_sec, all.tv_nsec};
  return base;
}
