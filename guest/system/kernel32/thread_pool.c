/* Work for the pool's threads, in the order in which it was queued. */
#include "system/kernel32/thread_pool.h"

#define MOST_WORKERS 500
#define IDLE_MILLISECONDS 10000

typedef struct WORK_ITEM {
  struct WORK_ITEM* Next;
  BASEP_WORK Routine;
  PVOID Context;
} WORK_ITEM;

static RTL_CRITICAL_SECTION lock = {0, -1, 0, 0, 0, 0};
static WORK_ITEM *first, **last = &first;
static ULONG workers, idle, queued;
static HANDLE more; /* a semaphore: one for each item */

VOID BasepLockPool(VOID) {
  RtlEnterCriticalSection(&lock);
}
VOID BasepUnlockPool(VOID) {
  RtlLeaveCriticalSection(&lock);
}

static WORK_ITEM* take(void) {
  WORK_ITEM* item = first;
  if (!item) return 0;
  first = item->Next;
  if (!first) last = &first;
  --queued;
  return item;
}

/* A thread that nothing comes for ends. */
static DWORD WINAPI work(PVOID unused) {
  for (;;) {
    DWORD waited = WaitForSingleObject(more, IDLE_MILLISECONDS);
    BasepLockPool();
    WORK_ITEM* item = waited == WAIT_OBJECT_0 ? take() : 0;
    if (!item) {
      --idle;
      --workers;
      BasepUnlockPool();
      return 0;
    }
    --idle;
    BasepUnlockPool();
    WORK_ITEM copy = *item;
    RtlFreeHeap(GetProcessHeap(), 0, item);
    copy.Routine(copy.Context);
    BasepLockPool();
    ++idle;
    BasepUnlockPool();
  }
}

/* Under the lock: another thread when those that wait have work already. */
static BOOL provide_worker(void) {
  if (!more) more = CreateSemaphoreW(0, 0, 0x7fffffff, 0);
  if (!more) return FALSE;
  if (idle > queued || workers == MOST_WORKERS) return TRUE;
  HANDLE thread = CreateThread(0, 0, work, 0, 0, 0);
  if (!thread) return workers != 0;
  CloseHandle(thread);
  ++workers;
  ++idle;
  return TRUE;
}

BOOL BasepQueueWork(BASEP_WORK routine, PVOID context) {
  WORK_ITEM* item = RtlAllocateHeap(GetProcessHeap(), 0, sizeof *item);
  if (!item) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return FALSE;
  }
  *item = (WORK_ITEM){0, routine, context};
  BasepLockPool();
  BOOL provided = provide_worker();
  if (provided) {
    *last = item;
    last = &item->Next;
    ++queued;
    ReleaseSemaphore(more, 1, 0);
  }
  BasepUnlockPool();
  if (!provided) RtlFreeHeap(GetProcessHeap(), 0, item);
  return provided;
}

BOOL BasepCallReturned(BASEP_CALLS* calls) {
  if (--calls->Running || !calls->Deleted) return FALSE;
  if (calls->Completion) SetEvent(calls->Completion);
  return TRUE;
}

/* INVALID_HANDLE_VALUE stands for waiting here and now. */
BASEP_DELETION BasepBeginDeletion(BASEP_CALLS* calls, HANDLE completion) {
  BASEP_DELETION deletion = {calls->Running == 0, FALSE, 0};
  BOOL waits = completion == INVALID_HANDLE_VALUE;
  calls->Deleted = TRUE;
  if (deletion.Free) {
    if (completion && !waits) SetEvent(completion);
    return deletion;
  }
  if (waits) completion = deletion.WaitFor = CreateEventW(0, TRUE, FALSE, 0);
  calls->Completion = completion;
  deletion.Pending = !waits;
  return deletion;
}

BOOL BasepEndDeletion(const BASEP_DELETION* deletion) {
  if (deletion->WaitFor) {
    WaitForSingleObject(deletion->WaitFor, INFINITE);
    CloseHandle(deletion->WaitFor);
  }
  if (deletion->Pending) SetLastError(ERROR_IO_PENDING);
  return !deletion->Pending;
}

typedef struct USER_WORK {
  THREAD_START_ROUTINE Routine;
  PVOID Context;
} USER_WORK;

static VOID run_user_work(PVOID context) {
  USER_WORK user = *(USER_WORK*)context;
  RtlFreeHeap(GetProcessHeap(), 0, context);
  user.Routine(user.Context);
}

/* The flags are hints for how to choose a thread; any will do. */
BOOL WINAPI QueueUserWorkItem(THREAD_START_ROUTINE routine, PVOID context, ULONG flags) {
  USER_WORK* user = RtlAllocateHeap(GetProcessHeap(), 0, sizeof *user);
  if (!user) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return FALSE;
  }
  *user = (USER_WORK){routine, context};
  if (BasepQueueWork(run_user_work, user)) return TRUE;
  RtlFreeHeap(GetProcessHeap(), 0, user);
  return FALSE;
}
