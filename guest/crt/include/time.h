#ifndef CRT_TIME_H
#define CRT_TIME_H

#include <corecrt.h>

typedef long clock_t;
#define CLOCKS_PER_SEC 1000

struct tm {
  int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
};
#define TIME_UTC 1
struct _timespec32 {
  __time32_t tv_sec;
  long tv_nsec;
};
struct _timespec64 {
  __time64_t tv_sec;
  long tv_nsec;
};
struct timespec {
  time_t tv_sec;
  long tv_nsec;
};

CRT_BEGIN
clock_t clock(void);
__time64_t _time64(__time64_t* to);
__time32_t _time32(__time32_t* to);
struct tm* _gmtime64(const __time64_t* time);
struct tm* _localtime64(const __time64_t* time);
errno_t _gmtime64_s(struct tm* to, const __time64_t* time);
errno_t _localtime64_s(struct tm* to, const __time64_t* time);
__time64_t _mktime64(struct tm* time);
__time64_t _mkgmtime64(struct tm* time);
double _difftime64(__time64_t end, __time64_t start);
char* asctime(const struct tm* time);
char* _ctime64(const __time64_t* time);
size_t strftime(char* to, size_t room, const char* format, const struct tm* time);
size_t wcsftime(wchar_t* to, size_t room, const wchar_t* format, const struct tm* time);
void _tzset(void);
int* __daylight(void);
long* __timezone(void);
char** __tzname(void);
long* __dstbias(void);
errno_t _get_timezone(long* to);
errno_t _get_daylight(int* to);
errno_t _get_dstbias(long* to);
errno_t _get_tzname(size_t* bytes, char* to, size_t room, int index);
char* _strdate(char* to);
char* _strtime(char* to);
errno_t _strdate_s(char* to, size_t room);
errno_t _strtime_s(char* to, size_t room);
wchar_t* _wstrdate(wchar_t* to);
wchar_t* _wstrtime(wchar_t* to);
errno_t _wstrdate_s(wchar_t* to, size_t room);
errno_t _wstrtime_s(wchar_t* to, size_t room);
struct tm* _gmtime32(const __time32_t* time);
struct tm* _localtime32(const __time32_t* time);
errno_t _gmtime32_s(struct tm* to, const __time32_t* time);
errno_t _localtime32_s(struct tm* to, const __time32_t* time);
__time32_t _mktime32(struct tm* time);
__time32_t _mkgmtime32(struct tm* time);
double _difftime32(__time32_t end, __time32_t start);
errno_t asctime_s(char* to, size_t room, const struct tm* time);
char* _ctime32(const __time32_t* time);
errno_t _ctime32_s(char* to, size_t room, const __time32_t* time);
errno_t _ctime64_s(char* to, size_t room, const __time64_t* time);
wchar_t* _wasctime(const struct tm* time);
wchar_t* _wctime32(const __time32_t* time);
wchar_t* _wctime64(const __time64_t* time);
int _timespec32_get(struct _timespec32* to, int base);
int _timespec64_get(struct _timespec64* to, int base);
CRT_END

static inline time_t time(time_t* to) {
  return _time64(to);
}
static inline struct tm* gmtime(const time_t* time) {
  return _gmtime64(time);
}
static inline struct tm* localtime(const time_t* time) {
  return _localtime64(time);
}
static inline time_t mktime(struct tm* time) {
  return _mktime64(time);
}
static inline double difftime(time_t end, time_t start) {
  return (double)(end - start);
}
static inline char* ctime(const time_t* time) {
  return _ctime64(time);
}

#endif
