/* The time zone as the runtime keeps it: what _tzset found out. */
#ifndef CRT_LIBC_TIME_ZONE_H
#define CRT_LIBC_TIME_ZONE_H

/* Once, before local time is told: until then the documented values of a program's start hold. */
void crt_need_time_zone(void);
const char* crt_zone_name(int daylight);

#endif
