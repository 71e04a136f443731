/* Waitable timers. The lab's clock is finer than any timer's: high resolution costs nothing. */
#include "system/kernel32/base.h"
#include "system/kernel32/objects.h"

#define TIMER_ALL_ACCESS 0x1f0003
#define NotificationTimer 0
#define SynchronizationTimer 1
#define CREATE_WAITABLE_TIMER_MANUAL_RESET 0x1
#define CREATE_WAITABLE_TIMER_HIGH_RESOLUTION 0x2

/* The attributes of an object with that name: null for one without. */
static OBJECT_ATTRIBUTES* name_object(OBJECT_ATTRIBUTES* attributes, UNICODE_STRING* string,
                                      const WCHAR* name) {
  if (!name) return 0;
  RtlInitUnicodeString(string, name);
  *attributes = (OBJECT_ATTRIBUTES){sizeof *attributes, 0, string, 0, 0, 0};
  return attributes;
}

/* The first letters of a name, enough for the message that timers with names are not modelled. */
static const WCHAR* widen_name(WCHAR* to, ULONG room, const char* name) {
  if (!name) return 0;
  ULONG i = 0;
  for (; i + 1 < room && name[i]; ++i) to[i] = (UCHAR)name[i];
  to[i] = 0;
  return to;
}

HANDLE WINAPI CreateWaitableTimerExW(PVOID security, const WCHAR* name, DWORD flags, DWORD access) {
  OBJECT_ATTRIBUTES attributes;
  UNICODE_STRING string;
  HANDLE timer = 0;
  if (flags & ~(CREATE_WAITABLE_TIMER_MANUAL_RESET | CREATE_WAITABLE_TIMER_HIGH_RESOLUTION)) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  NTSTATUS status = NtCreateTimer(
      &timer, access, name_object(&attributes, &string, name),
      (flags & CREATE_WAITABLE_TIMER_MANUAL_RESET) ? NotificationTimer : SynchronizationTimer);
  if (!succeeded(status)) return 0;
  SetLastError(0);
  return timer;
}

HANDLE WINAPI CreateWaitableTimerW(PVOID security, BOOL manual_reset, const WCHAR* name) {
  return CreateWaitableTimerExW(
      security, name, manual_reset ? CREATE_WAITABLE_TIMER_MANUAL_RESET : 0, TIMER_ALL_ACCESS);
}

HANDLE WINAPI CreateWaitableTimerExA(PVOID security, const char* name, DWORD flags, DWORD access) {
  WCHAR wide[MAX_PATH];
  return CreateWaitableTimerExW(security, widen_name(wide, MAX_PATH, name), flags, access);
}

HANDLE WINAPI CreateWaitableTimerA(PVOID security, BOOL manual_reset, const char* name) {
  WCHAR wide[MAX_PATH];
  return CreateWaitableTimerW(security, manual_reset, widen_name(wide, MAX_PATH, name));
}

BOOL WINAPI SetWaitableTimer(HANDLE timer, const LARGE_INTEGER* due, LONG period, PVOID routine,
                             PVOID argument, BOOL resume) {
  return succeeded(NtSetTimer(timer, due, routine, argument, resume != 0, period, 0));
}

/* How late it may be is no matter: it never is. */
BOOL WINAPI SetWaitableTimerEx(HANDLE timer, const LARGE_INTEGER* due, LONG period, PVOID routine,
                               PVOID argument, PVOID wake_context, DWORD tolerable_delay) {
  return SetWaitableTimer(timer, due, period, routine, argument, FALSE);
}

BOOL WINAPI CancelWaitableTimer(HANDLE timer) {
  return succeeded(NtCancelTimer(timer, 0));
}
