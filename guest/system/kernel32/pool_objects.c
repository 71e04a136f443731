/* Work objects of Windows Vista's thread pool, and calls without one. There is one pool: an
 * environment that asks for another ends the run. */
#include "system/kernel32/thread_pool.h"

typedef struct TP_WORK TP_WORK;
typedef VOID(NTAPI* WORK_CALLBACK)(PVOID instance, PVOID context, TP_WORK* work);
typedef VOID(NTAPI* SIMPLE_CALLBACK)(PVOID instance, PVOID context);

struct TP_WORK {
  WORK_CALLBACK Callback;
  PVOID Context;
  ULONG Wanted;     /* calls that were submitted and have not begun */
  ULONG Unfinished; /* those, and the ones that run: what is waited for */
  ULONG References; /* the program's, and one for each item in the pool */
};

BOOL WINAPI WaitOnAddress(volatile void* address, PVOID compare, SIZE_T bytes, DWORD milliseconds);
VOID NTAPI RtlWakeAddressAll(const void* address);

static VOID refuse_environment(PVOID environment) {
  if (environment) LabUnmodelled("an environment of a thread pool");
}

/* Under the lock. */
static VOID release(TP_WORK* work) {
  if (--work->References == 0) RtlFreeHeap(GetProcessHeap(), 0, work);
}

static VOID run(PVOID context) {
  TP_WORK* work = context;
  ULONG instance = 0; /* an address to tell this call by */
  BasepLockPool();
  BOOL wanted = work->Wanted != 0;
  if (wanted) --work->Wanted;
  BasepUnlockPool();
  if (wanted) work->Callback(&instance, work->Context, work);
  BasepLockPool();
  if (wanted && --work->Unfinished == 0) RtlWakeAddressAll(&work->Unfinished);
  release(work);
  BasepUnlockPool();
}

TP_WORK* WINAPI CreateThreadpoolWork(WORK_CALLBACK callback, PVOID context, PVOID environment) {
  refuse_environment(environment);
  TP_WORK* work = RtlAllocateHeap(GetProcessHeap(), 0, sizeof *work);
  if (!work) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return 0;
  }
  *work = (TP_WORK){callback, context, 0, 0, 1};
  return work;
}

VOID WINAPI SubmitThreadpoolWork(TP_WORK* work) {
  BasepLockPool();
  ++work->Wanted;
  ++work->Unfinished;
  ++work->References;
  BasepUnlockPool();
  if (!BasepQueueWork(run, work)) RtlRaiseStatus(STATUS_NO_MEMORY);
}

VOID WINAPI WaitForThreadpoolWorkCallbacks(TP_WORK* work, BOOL cancel) {
  BasepLockPool();
  if (cancel) {
    work->Unfinished -= work->Wanted;
    work->Wanted = 0;
  }
  ULONG unfinished = work->Unfinished;
  BasepUnlockPool();
  while (unfinished) {
    WaitOnAddress(&work->Unfinished, &unfinished, sizeof unfinished, INFINITE);
    unfinished = work->Unfinished;
  }
}

/* Calls that are still to be made are made. */
VOID WINAPI CloseThreadpoolWork(TP_WORK* work) {
  BasepLockPool();
  release(work);
  BasepUnlockPool();
}

typedef struct SIMPLE_CALL {
  SIMPLE_CALLBACK Callback;
  PVOID Context;
} SIMPLE_CALL;

static VOID run_simple(PVOID context) {
  SIMPLE_CALL simple = *(SIMPLE_CALL*)context;
  ULONG instance = 0;
  RtlFreeHeap(GetProcessHeap(), 0, context);
  simple.Callback(&instance, simple.Context);
}

BOOL WINAPI TrySubmitThreadpoolCallback(SIMPLE_CALLBACK callback, PVOID context,
                                        PVOID environment) {
  refuse_environment(environment);
  SIMPLE_CALL* simple = RtlAllocateHeap(GetProcessHeap(), 0, sizeof *simple);
  if (!simple) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return FALSE;
  }
  *simple = (SIMPLE_CALL){callback, context};
  if (BasepQueueWork(run_simple, simple)) return TRUE;
  RtlFreeHeap(GetProcessHeap(), 0, simple);
  return FALSE;
}
