/* Slim locks, condition variables, one-time initialization, waiting on an address: ntdll's with
 * results as Win32 has them. What only changes its name is forwarded by kernel32.def. */
#include "system/kernel32/base.h"
#include "system/ntdll/sync.h"

#define STATUS_PENDING ((NTSTATUS)0x103)
#define CRITICAL_SECTION_NO_DEBUG_INFO 0x01000000

/* A wait that ends with its time is a failure here: ERROR_TIMEOUT. */
static BOOL ended_in_time(NTSTATUS status) {
  if (status == STATUS_SUCCESS) return TRUE;
  SetLastError(RtlNtStatusToDosError(status));
  return FALSE;
}

BOOL WINAPI SleepConditionVariableCS(RTL_CONDITION_VARIABLE* variable,
                                     RTL_CRITICAL_SECTION* section, DWORD milliseconds) {
  LARGE_INTEGER timeout;
  return ended_in_time(
      RtlSleepConditionVariableCS(variable, section, timeout_of(milliseconds, &timeout)));
}

BOOL WINAPI SleepConditionVariableSRW(RTL_CONDITION_VARIABLE* variable, RTL_SRWLOCK* lock,
                                      DWORD milliseconds, ULONG flags) {
  LARGE_INTEGER timeout;
  return ended_in_time(
      RtlSleepConditionVariableSRW(variable, lock, timeout_of(milliseconds, &timeout), flags));
}

BOOL WINAPI WaitOnAddress(volatile void* address, PVOID compare, SIZE_T bytes, DWORD milliseconds) {
  LARGE_INTEGER timeout;
  return ended_in_time(
      RtlWaitOnAddress(address, compare, bytes, timeout_of(milliseconds, &timeout)));
}

BOOL WINAPI InitOnceBeginInitialize(RTL_RUN_ONCE* once, DWORD flags, BOOL* pending,
                                    PVOID* context) {
  NTSTATUS status = RtlRunOnceBeginInitialize(once, flags, context);
  if (!succeeded(status)) return FALSE;
  *pending = status == STATUS_PENDING;
  return TRUE;
}

BOOL WINAPI InitOnceComplete(RTL_RUN_ONCE* once, DWORD flags, PVOID context) {
  return succeeded(RtlRunOnceComplete(once, flags, context));
}

/* The last error is the initialization's own when that failed. */
BOOL WINAPI InitOnceExecuteOnce(RTL_RUN_ONCE* once, RTL_RUN_ONCE_INIT initialize, PVOID parameter,
                                PVOID* context) {
  return NT_SUCCESS(RtlRunOnceExecuteOnce(once, initialize, parameter, context));
}

BOOL WINAPI InitializeCriticalSectionEx(RTL_CRITICAL_SECTION* section, DWORD spin, DWORD flags) {
  if (flags & ~CRITICAL_SECTION_NO_DEBUG_INFO) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  return succeeded(RtlInitializeCriticalSectionAndSpinCount(section, spin));
}

DWORD WINAPI SetCriticalSectionSpinCount(RTL_CRITICAL_SECTION* section, DWORD spin) {
  DWORD before = section->SpinCount;
  section->SpinCount = spin & 0x00ffffff;
  return before;
}

int64_t WINAPI InterlockedCompareExchange64(volatile int64_t* value, int64_t to, int64_t expected) {
  return __sync_val_compare_and_swap(value, expected, to);
}
