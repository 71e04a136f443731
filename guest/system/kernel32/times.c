/* Calendar time. The lab's clock is in the one time zone that there is, Coordinated Universal
 * Time. */
#include "system/kernel32/base.h"
#include "system/kernel32/divide.h"

#define TICKS_PER_MILLISECOND 10000

typedef struct SYSTEMTIME {
  WORD Year, Month, DayOfWeek, Day, Hour, Minute, Second, Milliseconds;
} SYSTEMTIME;

typedef struct TIME_FIELDS {
  int16_t Year, Month, Day, Hour, Minute, Second, Milliseconds, Weekday;
} TIME_FIELDS;
VOID NTAPI RtlTimeToTimeFields(const LARGE_INTEGER* time, TIME_FIELDS* fields);
BOOLEAN NTAPI RtlTimeFieldsToTime(const TIME_FIELDS* fields, LARGE_INTEGER* time);

static BOOL refuse(void) {
  SetLastError(ERROR_INVALID_PARAMETER);
  return FALSE;
}

BOOL WINAPI FileTimeToSystemTime(const uint64_t* time, SYSTEMTIME* to) {
  TIME_FIELDS fields;
  if (*time >> 63) return refuse();
  RtlTimeToTimeFields((const LARGE_INTEGER*)time, &fields);
  *to = (SYSTEMTIME){(WORD)fields.Year,   (WORD)fields.Month,       (WORD)fields.Weekday,
                     (WORD)fields.Day,    (WORD)fields.Hour,        (WORD)fields.Minute,
                     (WORD)fields.Second, (WORD)fields.Milliseconds};
  return TRUE;
}

BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME* from, uint64_t* time) {
  TIME_FIELDS fields = {(int16_t)from->Year,         (int16_t)from->Month,
                        (int16_t)from->Day,          (int16_t)from->Hour,
                        (int16_t)from->Minute,       (int16_t)from->Second,
                        (int16_t)from->Milliseconds, 0};
  return RtlTimeFieldsToTime(&fields, (LARGE_INTEGER*)time) || refuse();
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
