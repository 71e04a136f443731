/* Registered waits: each has a thread that waits for it, and gives the calls to the pool, or makes
 * them itself when it is told to. */
#include "system/kernel32/thread_pool.h"

typedef VOID(WINAPI* WAIT_CALLBACK)(PVOID context, BOOLEAN timed_out);

typedef struct REGISTERED_WAIT {
  HANDLE Object, Cancelled;
  WAIT_CALLBACK Callback;
  PVOID Context;
  DWORD Milliseconds;
  ULONG Flags;
  BASEP_CALLS Calls;
} REGISTERED_WAIT;

typedef struct WAIT_CALL {
  REGISTERED_WAIT* Wait;
  BOOLEAN TimedOut;
} WAIT_CALL;

static VOID free_wait(REGISTERED_WAIT* wait) {
  CloseHandle(wait->Cancelled);
  RtlFreeHeap(GetProcessHeap(), 0, wait);
}

static VOID call_now(REGISTERED_WAIT* wait, BOOLEAN timed_out) {
  wait->Callback(wait->Context, timed_out);
  BasepLockPool();
  BOOL gone = BasepCallReturned(&wait->Calls);
  BasepUnlockPool();
  if (gone) free_wait(wait);
}

static VOID call_later(PVOID context) {
  WAIT_CALL later = *(WAIT_CALL*)context;
  RtlFreeHeap(GetProcessHeap(), 0, context);
  call_now(later.Wait, later.TimedOut);
}

static VOID call(REGISTERED_WAIT* wait, BOOLEAN timed_out) {
  WAIT_CALL* later = 0;
  BasepLockPool();
  ++wait->Calls.Running;
  BasepUnlockPool();
  if (!(wait->Flags & WT_EXECUTEINWAITTHREAD)) {
    later = RtlAllocateHeap(GetProcessHeap(), 0, sizeof *later);
  }
  if (later) {
    *later = (WAIT_CALL){wait, timed_out};
    if (BasepQueueWork(call_later, later)) return;
    RtlFreeHeap(GetProcessHeap(), 0, later);
  }
  call_now(wait, timed_out);
}

/* The thread is one of the wait's calls as well: it uses what is freed after the last of them. */
static DWORD WINAPI wait_for_it(PVOID context) {
  REGISTERED_WAIT* wait = context;
  HANDLE both[2] = {wait->Cancelled, wait->Object};
  DWORD result;
  do {
    result = WaitForMultipleObjectsEx(2, both, FALSE, wait->Milliseconds, TRUE);
    if (result == WAIT_OBJECT_0 + 1 || result == WAIT_TIMEOUT) {
      call(wait, result == WAIT_TIMEOUT);
      if (wait->Flags & WT_EXECUTEONLYONCE) break;
    }
  } while (result != WAIT_OBJECT_0 && result != WAIT_FAILED);
  if (result != WAIT_OBJECT_0) WaitForSingleObject(wait->Cancelled, INFINITE);
  BasepLockPool();
  BOOL gone = BasepCallReturned(&wait->Calls);
  BasepUnlockPool();
  if (gone) free_wait(wait);
  return 0;
}

BOOL WINAPI RegisterWaitForSingleObject(HANDLE* handle, HANDLE object, WAIT_CALLBACK callback,
                                        PVOID context, ULONG milliseconds, ULONG flags) {
  REGISTERED_WAIT* wait = RtlAllocateHeap(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *wait);
  if (!wait) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return FALSE;
  }
  *wait = (REGISTERED_WAIT){
      object,       CreateEventW(0, TRUE, FALSE, 0), callback, context, milliseconds, flags,
      {1, FALSE, 0}};
  HANDLE thread = wait->Cancelled ? CreateThread(0, 0, wait_for_it, wait, 0, 0) : 0;
  if (!thread) {
    free_wait(wait);
    return FALSE;
  }
  CloseHandle(thread);
  *handle = wait;
  return TRUE;
}

/* Whether calls are running is asked without the thread that waits. */
BOOL WINAPI UnregisterWaitEx(HANDLE handle, HANDLE completion) {
  REGISTERED_WAIT* wait = handle;
  if (!wait) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  BasepLockPool();
  BOOL idle = wait->Calls.Running == 1;
  BASEP_DELETION deletion = BasepBeginDeletion(&wait->Calls, completion);
  SetEvent(wait->Cancelled);
  if (idle) deletion.Pending = FALSE;
  BasepUnlockPool();
  if (deletion.Free) free_wait(wait);
  return BasepEndDeletion(&deletion);
}

BOOL WINAPI UnregisterWait(HANDLE handle) {
  return UnregisterWaitEx(handle, 0);
}
