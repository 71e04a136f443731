/* Calendar time. The lab's clock is in the one time zone that there is, Coordinated Universal
 * Time. */
#include "system/kernel32/base.h"
#include "system/kernel32/divide.h"

#define TICKS_PER_MILLISECOND 10000
#define MILLISECONDS_PER_DAY 86400000u
#define DAYS_PER_400_YEARS 146097

typedef struct SYSTEMTIME {
  WORD Year, Month, DayOfWeek, Day, Hour, Minute, Second, Milliseconds;
} SYSTEMTIME;

static BOOL is_leap(ULONG year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static ULONG days_of(ULONG month, ULONG year) {
  static const UCHAR days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && is_leap(year));
}

static BOOL refuse(void) {
  SetLastError(ERROR_INVALID_PARAMETER);
  return FALSE;
}

/* Days since 1 January 1601, a Monday. */
static ULONG days_before(ULONG year) {
  ULONG n = year - 1601;
  return n * 365 + n / 4 - n / 100 + n / 400;
}

BOOL WINAPI FileTimeToSystemTime(const uint64_t* time, SYSTEMTIME* to) {
  if (*time >> 63) return refuse();
  uint32_t rest;
  uint64_t milliseconds = divide(*time, TICKS_PER_MILLISECOND, 0);
  ULONG days = (ULONG)divide(milliseconds, MILLISECONDS_PER_DAY, &rest);
  ULONG year = 1601 + days / 366, month = 1;
  while (days_before(year + 1) <= days) ++year;
  ULONG day = days - days_before(year);
  while (day >= days_of(month, year)) day -= days_of(month++, year);
  *to = (SYSTEMTIME){(WORD)year,
                     (WORD)month,
                     (WORD)((days + 1) % 7),
                     (WORD)(day + 1),
                     (WORD)(rest / 3600000),
                     (WORD)(rest / 60000 % 60),
                     (WORD)(rest / 1000 % 60),
                     (WORD)(rest % 1000)};
  return TRUE;
}

BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME* from, uint64_t* time) {
  if (from->Year < 1601 || from->Year > 30827 || from->Month < 1 || from->Month > 12 ||
      from->Day < 1 || from->Day > days_of(from->Month, from->Year) || from->Hour > 23 ||
      from->Minute > 59 || from->Second > 59 || from->Milliseconds > 999) {
    return refuse();
  }
  uint64_t days = days_before(from->Year) + from->Day - 1u;
  for (ULONG month = 1; month < from->Month; ++month) days += days_of(month, from->Year);
  uint64_t milliseconds = days * MILLISECONDS_PER_DAY + from->Hour * 3600000u +
                          from->Minute * 60000u + from->Second * 1000u + from->Milliseconds;
  *time = milliseconds * TICKS_PER_MILLISECOND;
  return TRUE;
}

VOID WINAPI GetSystemTime(SYSTEMTIME* time) {
  LARGE_INTEGER now;
  NtQuerySystemTime(&now);
  FileTimeToSystemTime((const uint64_t*)&now, time);
}
VOID WINAPI GetLocalTime(SYSTEMTIME* time) {
  GetSystemTime(time);
}
VOID WINAPI GetSystemTimePreciseAsFileTime(LARGE_INTEGER* time) {
  GetSystemTimeAsFileTime(time);
}

BOOL WINAPI FileTimeToLocalFileTime(const uint64_t* time, uint64_t* local) {
  *local = *time;
  return TRUE;
}
BOOL WINAPI LocalFileTimeToFileTime(const uint64_t* local, uint64_t* time) {
  *time = *local;
  return TRUE;
}
LONG WINAPI CompareFileTime(const uint64_t* left, const uint64_t* right) {
  return (*left > *right) - (*left < *right);
}

/* Words of DOS: days, months and years since 1980; two seconds, minutes, hours. */
BOOL WINAPI FileTimeToDosDateTime(const uint64_t* time, WORD* date, WORD* of_day) {
  SYSTEMTIME system;
  if (!FileTimeToSystemTime(time, &system)) return FALSE;
  if (system.Year < 1980 || system.Year > 2107) return refuse();
  *date = (WORD)(system.Day | system.Month << 5 | (system.Year - 1980) << 9);
  *of_day = (WORD)(system.Second / 2 | system.Minute << 5 | system.Hour << 11);
  return TRUE;
}
BOOL WINAPI DosDateTimeToFileTime(WORD date, WORD of_day, uint64_t* time) {
  SYSTEMTIME system = {(WORD)(1980 + (date >> 9)),
                       date >> 5 & 15,
                       0,
                       date & 31,
                       of_day >> 11,
                       of_day >> 5 & 63,
                       (WORD)((of_day & 31) * 2),
                       0};
  return SystemTimeToFileTime(&system, time);
}

typedef struct TIME_ZONE_INFORMATION {
  LONG Bias;
  WCHAR StandardName[32];
  SYSTEMTIME StandardDate;
  LONG StandardBias;
  WCHAR DaylightName[32];
  SYSTEMTIME DaylightDate;
  LONG DaylightBias;
} TIME_ZONE_INFORMATION;
_Static_assert(sizeof(TIME_ZONE_INFORMATION) == 172, "TIME_ZONE_INFORMATION of the SDK");

/* TIME_ZONE_ID_UNKNOWN (0): no daylight saving time. */
DWORD WINAPI GetTimeZoneInformation(TIME_ZONE_INFORMATION* information) {
  *information =
      (TIME_ZONE_INFORMATION){.StandardName = {'U', 'T', 'C'}, .DaylightName = {'U', 'T', 'C'}};
  return 0;
}

/* The counter's frequency is ten million, like the clock's. */
uint64_t WINAPI GetTickCount64(void) {
  LARGE_INTEGER counter;
  NtQueryPerformanceCounter(&counter, 0);
  return divide((uint64_t)counter, TICKS_PER_MILLISECOND, 0);
}
