/* Timer queues: one thread waits for the next timer of all queues, and gives the calls to the
 * pool, or makes them itself when it is told to. */
#include "system/kernel32/divide.h"
#include "system/kernel32/thread_pool.h"

#define TICKS_PER_MILLISECOND 10000
#define NOT_SET INT64_MAX

typedef VOID(WINAPI* TIMER_CALLBACK)(PVOID parameter, BOOLEAN timed_out);

typedef struct QUEUE_TIMER {
  struct QUEUE_TIMER* Next;
  PVOID Queue; /* null: the process's own */
  TIMER_CALLBACK Callback;
  PVOID Parameter;
  LARGE_INTEGER Due; /* 100 ns, as QueryPerformanceCounter counts them */
  DWORD Period;      /* milliseconds; 0: once */
  ULONG Flags;
  BASEP_CALLS Calls;
} QUEUE_TIMER;

static QUEUE_TIMER* timers;
static HANDLE changed; /* an event: there is another next timer */

static LARGE_INTEGER now(void) {
  LARGE_INTEGER counter;
  QueryPerformanceCounter(&counter);
  return counter;
}

static VOID returned(QUEUE_TIMER* timer) {
  BasepLockPool();
  BOOL gone = BasepCallReturned(&timer->Calls);
  BasepUnlockPool();
  if (gone) RtlFreeHeap(GetProcessHeap(), 0, timer);
}

static VOID call(PVOID context) {
  QUEUE_TIMER* timer = context;
  timer->Callback(timer->Parameter, TRUE);
  returned(timer);
}

/* Under the lock: one that is due, set for its next time; null, and when to look again. */
static QUEUE_TIMER* take_due(LARGE_INTEGER* next) {
  LARGE_INTEGER time = now();
  *next = NOT_SET;
  for (QUEUE_TIMER* timer = timers; timer; timer = timer->Next) {
    if (timer->Due <= time) {
      BOOL again = timer->Period && !(timer->Flags & WT_EXECUTEONLYONCE);
      LARGE_INTEGER period = (LARGE_INTEGER)timer->Period * TICKS_PER_MILLISECOND;
      timer->Due = again ? timer->Due + period : NOT_SET;
      if (again && timer->Due <= time) timer->Due = time + period;
      ++timer->Calls.Running;
      return timer;
    }
    if (timer->Due < *next) *next = timer->Due;
  }
  return 0;
}

static DWORD milliseconds_until(LARGE_INTEGER due) {
  LARGE_INTEGER left = due - now();
  if (due == NOT_SET) return INFINITE;
  return left <= 0
             ? 0
             : (DWORD)divide((uint64_t)left + TICKS_PER_MILLISECOND - 1, TICKS_PER_MILLISECOND, 0);
}

static DWORD WINAPI watch(PVOID unused) {
  for (;;) {
    LARGE_INTEGER next;
    BasepLockPool();
    QUEUE_TIMER* timer = take_due(&next);
    BasepUnlockPool();
    if (!timer) {
      WaitForSingleObjectEx(changed, milliseconds_until(next), TRUE);
    } else if ((timer->Flags & WT_EXECUTEINTIMERTHREAD) || !BasepQueueWork(call, timer)) {
      call(timer);
    }
  }
}

/* Under the lock: the thread that waits, from the first timer on. */
static BOOL provide_watcher(void) {
  if (changed) return TRUE;
  HANDLE event = CreateEventW(0, FALSE, FALSE, 0);
  if (!event) return FALSE;
  changed = event;
  HANDLE thread = CreateThread(0, 0, watch, 0, 0, 0);
  if (!thread) {
    changed = 0;
    CloseHandle(event);
    return FALSE;
  }
  CloseHandle(thread);
  return TRUE;
}

BOOL WINAPI CreateTimerQueueTimer(HANDLE* handle, HANDLE queue, TIMER_CALLBACK callback,
                                  PVOID parameter, DWORD due, DWORD period, ULONG flags) {
  *handle = 0;
  QUEUE_TIMER* timer = RtlAllocateHeap(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *timer);
  if (!timer) return fail(ERROR_NOT_ENOUGH_MEMORY);
  timer->Queue = queue;
  timer->Callback = callback;
  timer->Parameter = parameter;
  timer->Due = now() + (LARGE_INTEGER)due * TICKS_PER_MILLISECOND;
  timer->Period = period;
  timer->Flags = flags;
  BasepLockPool();
  BOOL watched = provide_watcher();
  if (watched) {
    timer->Next = timers;
    timers = timer;
    *handle = timer;
  }
  BasepUnlockPool();
  if (!watched) {
    RtlFreeHeap(GetProcessHeap(), 0, timer);
    return FALSE;
  }
  SetEvent(changed);
  return TRUE;
}

/* Under the lock: where a timer hangs in the list; null for none. */
static QUEUE_TIMER** find(HANDLE handle) {
  QUEUE_TIMER** link = &timers;
  while (*link && *link != handle) link = &(*link)->Next;
  return *link ? link : 0;
}

/* One that went off once, and is over, stays over. */
BOOL WINAPI ChangeTimerQueueTimer(HANDLE queue, HANDLE handle, DWORD due, DWORD period) {
  BasepLockPool();
  QUEUE_TIMER** link = find(handle);
  BOOL found = link != 0;
  if (found && !((*link)->Due == NOT_SET && (*link)->Period == 0)) {
    (*link)->Due = now() + (LARGE_INTEGER)due * TICKS_PER_MILLISECOND;
    (*link)->Period = period;
  }
  BasepUnlockPool();
  if (!found) return fail(ERROR_INVALID_PARAMETER);
  SetEvent(changed);
  return TRUE;
}

BOOL WINAPI DeleteTimerQueueTimer(HANDLE queue, HANDLE handle, HANDLE completion) {
  BasepLockPool();
  QUEUE_TIMER** link = find(handle);
  if (!link) {
    BasepUnlockPool();
    return fail(ERROR_INVALID_PARAMETER);
  }
  QUEUE_TIMER* timer = *link;
  *link = timer->Next;
  BASEP_DELETION deletion = BasepBeginDeletion(&timer->Calls, completion);
  BasepUnlockPool();
  if (deletion.Free) RtlFreeHeap(GetProcessHeap(), 0, timer);
  return BasepEndDeletion(&deletion);
}

/* A queue is a name for its timers: the address of a block of its own. */
HANDLE WINAPI CreateTimerQueue(void) {
  HANDLE queue = RtlAllocateHeap(GetProcessHeap(), 0, sizeof(ULONG));
  if (!queue) SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  return queue;
}

static HANDLE timer_of(HANDLE queue) {
  BasepLockPool();
  QUEUE_TIMER* timer = timers;
  while (timer && timer->Queue != queue) timer = timer->Next;
  BasepUnlockPool();
  return timer;
}

/* With an event of the caller's, every timer is waited for here, and the event then set. */
BOOL WINAPI DeleteTimerQueueEx(HANDLE queue, HANDLE completion) {
  BOOL pending = FALSE;
  if (!queue) return fail(ERROR_INVALID_HANDLE);
  for (HANDLE timer; (timer = timer_of(queue));) {
    if (!DeleteTimerQueueTimer(queue, timer, completion ? INVALID_HANDLE_VALUE : 0)) pending = TRUE;
  }
  RtlFreeHeap(GetProcessHeap(), 0, queue);
  if (completion && completion != INVALID_HANDLE_VALUE) SetEvent(completion);
  return !pending || fail(ERROR_IO_PENDING);
}

BOOL WINAPI DeleteTimerQueue(HANDLE queue) {
  return DeleteTimerQueueEx(queue, 0);
}
