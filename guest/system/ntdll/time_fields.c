/* Calendar time as ntdll has it: fields, and seconds since 1970 and since 1980. */
#include "system/kernel32/divide.h"
#include "system/ntdll/ntdll.h"

#define TICKS_PER_SECOND 10000000u
#define SECONDS_1601_TO_1970 11644473600ull
#define SECONDS_1601_TO_1980 11960006400ull
#define MILLISECONDS_PER_DAY 86400000u

typedef struct TIME_FIELDS {
  int16_t Year, Month, Day, Hour, Minute, Second, Milliseconds, Weekday;
} TIME_FIELDS;

static ULONG days_of(ULONG month, ULONG year) {
  static const UCHAR days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  BOOLEAN leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (month == 2 && leap);
}

/* Days since 1 January 1601, a Monday. */
static ULONG days_before(ULONG year) {
  ULONG n = year - 1601;
  return n * 365 + n / 4 - n / 100 + n / 400;
}

VOID NTAPI RtlTimeToTimeFields(const LARGE_INTEGER* time, TIME_FIELDS* fields) {
  uint32_t rest;
  uint64_t milliseconds = divide((uint64_t)*time, 10000, 0);
  ULONG days = (ULONG)divide(milliseconds, MILLISECONDS_PER_DAY, &rest);
  ULONG year = 1601 + days / 366, month = 1;
  while (days_before(year + 1) <= days) ++year;
  ULONG day = days - days_before(year);
  while (day >= days_of(month, year)) day -= days_of(month++, year);
  *fields = (TIME_FIELDS){(int16_t)year,
                          (int16_t)month,
                          (int16_t)(day + 1),
                          (int16_t)(rest / 3600000),
                          (int16_t)(rest / 60000 % 60),
                          (int16_t)(rest / 1000 % 60),
                          (int16_t)(rest % 1000),
                          (int16_t)((days + 1) % 7)};
}

static BOOLEAN within(int value, int low, int high) {
  return value >= low && value <= high;
}

BOOLEAN NTAPI RtlTimeFieldsToTime(const TIME_FIELDS* fields, LARGE_INTEGER* time) {
  if (!within(fields->Year, 1601, 30827) || !within(fields->Month, 1, 12) || fields->Day < 1 ||
      fields->Day > (int)days_of((ULONG)fields->Month, (ULONG)fields->Year) ||
      !within(fields->Hour, 0, 23) || !within(fields->Minute, 0, 59) ||
      !within(fields->Second, 0, 59) || !within(fields->Milliseconds, 0, 999)) {
    return FALSE;
  }
  ULONG days = days_before((ULONG)fields->Year) + (ULONG)fields->Day - 1;
  for (ULONG month = 1; month < (ULONG)fields->Month; ++month) {
    days += days_of(month, (ULONG)fields->Year);
  }
  uint64_t milliseconds = (uint64_t)days * MILLISECONDS_PER_DAY + (ULONG)fields->Hour * 3600000u +
                          (ULONG)fields->Minute * 60000u + (ULONG)fields->Second * 1000u +
                          (ULONG)fields->Milliseconds;
  *time = (LARGE_INTEGER)(milliseconds * 10000);
  return TRUE;
}

static BOOLEAN seconds_since(const LARGE_INTEGER* time, uint64_t start, ULONG* seconds) {
  uint64_t all = divide((uint64_t)*time, TICKS_PER_SECOND, 0);
  if (*time < 0 || all < start || all - start > 0xffffffffu) return FALSE;
  *seconds = (ULONG)(all - start);
  return TRUE;
}

BOOLEAN NTAPI RtlTimeToSecondsSince1970(const LARGE_INTEGER* time, ULONG* seconds) {
  return seconds_since(time, SECONDS_1601_TO_1970, seconds);
}
BOOLEAN NTAPI RtlTimeToSecondsSince1980(const LARGE_INTEGER* time, ULONG* seconds) {
  return seconds_since(time, SECONDS_1601_TO_1980, seconds);
}
VOID NTAPI RtlSecondsSince1970ToTime(ULONG seconds, LARGE_INTEGER* time) {
  *time = (LARGE_INTEGER)((seconds + SECONDS_1601_TO_1970) * TICKS_PER_SECOND);
}
VOID NTAPI RtlSecondsSince1980ToTime(ULONG seconds, LARGE_INTEGER* time) {
  *time = (LARGE_INTEGER)((seconds + SECONDS_1601_TO_1980) * TICKS_PER_SECOND);
}

/* The one time zone is Coordinated Universal Time. */
NTSTATUS NTAPI RtlSystemTimeToLocalTime(const LARGE_INTEGER* time, LARGE_INTEGER* local) {
  *local = *time;
  return STATUS_SUCCESS;
}
NTSTATUS NTAPI RtlLocalTimeToSystemTime(const LARGE_INTEGER* local, LARGE_INTEGER* time) {
  *time = *local;
  return STATUS_SUCCESS;
}
