/* The loader's lock for those who ask for it. The cookie names the thread that holds it. */
#include "system/ntdll/ldrp.h"

#define LDR_LOCK_LOADER_LOCK_FLAG_RAISE_ON_ERRORS 1
#define LDR_LOCK_LOADER_LOCK_FLAG_TRY_ONLY 2
#define LDR_LOCK_LOADER_LOCK_DISPOSITION_LOCK_ACQUIRED 1
#define LDR_LOCK_LOADER_LOCK_DISPOSITION_LOCK_NOT_ACQUIRED 2
#define STATUS_INVALID_PARAMETER_1 ((NTSTATUS)0xc00000ef)
#define STATUS_INVALID_PARAMETER_2 ((NTSTATUS)0xc00000f0)
#define STATUS_INVALID_PARAMETER_3 ((NTSTATUS)0xc00000f1)

static NTSTATUS refuse(NTSTATUS status, ULONG flags) {
  if (flags & LDR_LOCK_LOADER_LOCK_FLAG_RAISE_ON_ERRORS) RtlRaiseStatus(status);
  return status;
}

static ULONG cookie_of_thread(void) {
  return (current_thread_id() & 0xfff) << 16 | 1;
}

NTSTATUS NTAPI LdrLockLoaderLock(ULONG flags, ULONG* disposition, ULONG* cookie) {
  if (disposition) *disposition = 0;
  if (cookie) *cookie = 0;
  if (flags & ~3u) return refuse(STATUS_INVALID_PARAMETER_1, flags);
  if (!cookie) return refuse(STATUS_INVALID_PARAMETER_3, flags);
  if (flags & LDR_LOCK_LOADER_LOCK_FLAG_TRY_ONLY) {
    if (!disposition) return refuse(STATUS_INVALID_PARAMETER_2, flags);
    if (!RtlTryEnterCriticalSection(&LdrpLoaderLock)) {
      *disposition = LDR_LOCK_LOADER_LOCK_DISPOSITION_LOCK_NOT_ACQUIRED;
      return STATUS_SUCCESS;
    }
  } else {
    RtlEnterCriticalSection(&LdrpLoaderLock);
  }
  if (disposition) *disposition = LDR_LOCK_LOADER_LOCK_DISPOSITION_LOCK_ACQUIRED;
  *cookie = cookie_of_thread();
  return STATUS_SUCCESS;
}

/* A cookie of 0 is that of a lock that was not acquired. */
NTSTATUS NTAPI LdrUnlockLoaderLock(ULONG flags, ULONG cookie) {
  if (flags & ~(ULONG)LDR_LOCK_LOADER_LOCK_FLAG_RAISE_ON_ERRORS)
    return refuse(STATUS_INVALID_PARAMETER_1, flags);
  if (!cookie) return STATUS_SUCCESS;
  if (cookie != cookie_of_thread()) return refuse(STATUS_INVALID_PARAMETER_2, flags);
  RtlLeaveCriticalSection(&LdrpLoaderLock);
  return STATUS_SUCCESS;
}
