/* The time zone (documented under _tzset and _get_timezone). Windows' is used, which the lab has as
 * UTC; the variable TZ is not looked at. */
#include "time_zone.h"

#include <time.h>

#include "names.h"

#define ZONE_NAME 64

typedef struct TIME_ZONE_INFORMATION {
  LONG Bias;
  WCHAR StandardName[32];
  USHORT StandardDate[8];
  LONG StandardBias;
  WCHAR DaylightName[32];
  USHORT DaylightDate[8]; /* the month, second, is 0 where there is no daylight saving */
  LONG DaylightBias;
} TIME_ZONE_INFORMATION;
_Static_assert(sizeof(TIME_ZONE_INFORMATION) == 172, "TIME_ZONE_INFORMATION");
DWORD WINAPI GetTimeZoneInformation(TIME_ZONE_INFORMATION* to);

/* Documented: before _tzset they are those of the Pacific coast. */
#define DEFAULT_ZONE (8 * 3600)
static char standard[ZONE_NAME] = "PST", daylight_name[ZONE_NAME] = "PDT";
char* _tzname[2] = {standard, daylight_name};
long _timezone = DEFAULT_ZONE;
int _daylight = 1;
long _dstbias = -3600;
static int known;

char** __tzname(void) {
  return _tzname;
}
int* __daylight(void) {
  return &_daylight;
}
long* __timezone(void) {
  return &_timezone;
}
long* __dstbias(void) {
  return &_dstbias;
}

static void copy_name(char* to, const WCHAR* from) {
  size_t i = 0;
  for (; i < 32 && from[i]; ++i) to[i] = crt_narrow_character(from[i]);
  to[i] = 0;
}

void _tzset(void) {
  TIME_ZONE_INFORMATION zone;
  GetTimeZoneInformation(&zone);
  crt_lock(LOCK_TIME);
  known = 1;
  _timezone = zone.Bias * 60;
  if (zone.StandardDate[1]) _timezone += zone.StandardBias * 60;
  _daylight = zone.DaylightDate[1] != 0 && zone.DaylightBias != 0;
  _dstbias = _daylight ? (zone.DaylightBias - zone.StandardBias) * 60 : 0;
  copy_name(standard, zone.StandardName);
  copy_name(daylight_name, zone.DaylightName);
  crt_unlock(LOCK_TIME);
}

void crt_need_time_zone(void) {
  if (!known) _tzset();
}
const char* crt_zone_name(int daylight) {
  crt_need_time_zone();
  return _tzname[daylight];
}

errno_t _get_timezone(long* to) {
  if (!to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *to = _timezone;
  return 0;
}
/* Hours of daylight saving. */
errno_t _get_daylight(int* to) {
  if (!to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *to = _daylight;
  return 0;
}
errno_t _get_dstbias(long* to) {
  if (!to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *to = _dstbias;
  return 0;
}
errno_t _get_tzname(size_t* bytes, char* to, size_t room, int index) {
  if (!bytes || (!to && room > 0) || (to && room == 0) || index < 0 || index > 1) {
    crt_invalid_parameter();
    return EINVAL;
  }
  if (to) to[0] = 0;
  *bytes = strlen(_tzname[index]) + 1;
  if (!to) return 0;
  if (*bytes > room) return errno = ERANGE;
  strcpy(to, _tzname[index]);
  return 0;
}
