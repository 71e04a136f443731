/* One-time initialization. The two low bits of the word tell how far it is; above them is the
 * context that the initialization left. */
#include "system/ntdll/ntdll.h"
#include "system/ntdll/sync.h"

#define NOT_BEGUN 0u
#define BEGUN 1u       /* one thread initializes, others wait */
#define BEGUN_ASYNC 3u /* each initializes, the first to complete wins */
#define DONE 2u
#define STEP_BITS 3u
#define STATUS_PENDING ((NTSTATUS)0x103)
#define STATUS_OBJECT_NAME_COLLISION ((NTSTATUS)0xc0000035)

VOID NTAPI RtlRunOnceInitialize(RTL_RUN_ONCE* once) {
  once->State = NOT_BEGUN;
}

static BOOLEAN change(RTL_RUN_ONCE* once, ULONG_PTR from, ULONG_PTR to) {
  return __sync_bool_compare_and_swap(&once->State, from, to);
}

/* STATUS_PENDING: the caller is to initialize and to say when it has. */
NTSTATUS NTAPI RtlRunOnceBeginInitialize(RTL_RUN_ONCE* once, ULONG flags, PVOID* context) {
  if (flags & ~(RTL_RUN_ONCE_CHECK_ONLY | RTL_RUN_ONCE_ASYNC)) return STATUS_INVALID_PARAMETER;
  if (flags == (RTL_RUN_ONCE_CHECK_ONLY | RTL_RUN_ONCE_ASYNC)) return STATUS_INVALID_PARAMETER;
  ULONG_PTR begun = (flags & RTL_RUN_ONCE_ASYNC) ? BEGUN_ASYNC : BEGUN;
  for (;;) {
    ULONG_PTR seen = once->State;
    if ((seen & STEP_BITS) == DONE) {
      if (context) *context = (PVOID)(seen & ~STEP_BITS);
      return STATUS_SUCCESS;
    }
    if (flags & RTL_RUN_ONCE_CHECK_ONLY) return STATUS_UNSUCCESSFUL;
    if (seen == NOT_BEGUN) {
      if (change(once, seen, begun)) return STATUS_PENDING;
      continue;
    }
    if (seen != begun) return STATUS_INVALID_PARAMETER; /* begun in the other mode */
    if (begun == BEGUN_ASYNC) return STATUS_PENDING;
    RtlWaitOnAddress(&once->State, &seen, sizeof seen, 0);
  }
}

NTSTATUS NTAPI RtlRunOnceComplete(RTL_RUN_ONCE* once, ULONG flags, PVOID context) {
  BOOLEAN failed = (flags & RTL_RUN_ONCE_INIT_FAILED) != 0;
  if (flags & ~(RTL_RUN_ONCE_ASYNC | RTL_RUN_ONCE_INIT_FAILED)) return STATUS_INVALID_PARAMETER;
  if (failed && (context || (flags & RTL_RUN_ONCE_ASYNC))) return STATUS_INVALID_PARAMETER;
  if ((ULONG_PTR)context & STEP_BITS) return STATUS_INVALID_PARAMETER;
  ULONG_PTR begun = (flags & RTL_RUN_ONCE_ASYNC) ? BEGUN_ASYNC : BEGUN;
  if (!change(once, begun, failed ? NOT_BEGUN : (ULONG_PTR)context | DONE)) {
    /* Somebody else was first, or nobody had begun. */
    return (once->State & STEP_BITS) == DONE && begun == BEGUN_ASYNC ? STATUS_OBJECT_NAME_COLLISION
                                                                     : STATUS_UNSUCCESSFUL;
  }
  if (begun == BEGUN) RtlWakeAddressAll((const void*)&once->State);
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlRunOnceExecuteOnce(RTL_RUN_ONCE* once, RTL_RUN_ONCE_INIT initialize,
                                     PVOID parameter, PVOID* context) {
  NTSTATUS status = RtlRunOnceBeginInitialize(once, 0, context);
  if (status != STATUS_PENDING) return status;
  PVOID made = 0;
  if (!initialize(once, parameter, &made)) {
    RtlRunOnceComplete(once, RTL_RUN_ONCE_INIT_FAILED, 0);
    return STATUS_UNSUCCESSFUL;
  }
  status = RtlRunOnceComplete(once, 0, made);
  if (NT_SUCCESS(status) && context) *context = made;
  return status;
}
