/* Timers that call, timer queues, registered waits, the pool's work: as Microsoft documents
 * SetWaitableTimer, CreateTimerQueueTimer, RegisterWaitForSingleObject, QueueUserWorkItem and
 * CreateThreadpoolWork; all of it but the time that a timer tells agrees with Wine 8.0. */
#include "cases/say.h"
#include "system/win32_threads.h"

#define ERROR_INVALID_PARAMETER 87
#define ERROR_IO_PENDING 997

HANDLE WINAPI CreateWaitableTimerA(PVOID security, BOOL manual_reset, const char* name);
BOOL WINAPI SetWaitableTimer(HANDLE timer, const LARGE_INTEGER* due, LONG period, PVOID routine,
                             PVOID argument, BOOL resume);
BOOL WINAPI CancelWaitableTimer(HANDLE timer);
typedef VOID(WINAPI* WAITORTIMERCALLBACK)(PVOID parameter, BOOLEAN timed_out);
HANDLE WINAPI CreateTimerQueue(void);
BOOL WINAPI CreateTimerQueueTimer(HANDLE* timer, HANDLE queue, WAITORTIMERCALLBACK callback,
                                  PVOID parameter, DWORD due, DWORD period, ULONG flags);
BOOL WINAPI ChangeTimerQueueTimer(HANDLE queue, HANDLE timer, DWORD due, DWORD period);
BOOL WINAPI DeleteTimerQueueTimer(HANDLE queue, HANDLE timer, HANDLE completion);
BOOL WINAPI DeleteTimerQueueEx(HANDLE queue, HANDLE completion);
BOOL WINAPI RegisterWaitForSingleObject(HANDLE* wait, HANDLE object, WAITORTIMERCALLBACK callback,
                                        PVOID context, ULONG milliseconds, ULONG flags);
BOOL WINAPI UnregisterWaitEx(HANDLE wait, HANDLE completion);
BOOL WINAPI QueueUserWorkItem(THREAD_START_ROUTINE routine, PVOID context, ULONG flags);
typedef VOID(WINAPI* WORK_CALLBACK)(PVOID instance, PVOID context, PVOID work);
PVOID WINAPI CreateThreadpoolWork(WORK_CALLBACK callback, PVOID context, PVOID environment);
VOID WINAPI SubmitThreadpoolWork(PVOID work);
VOID WINAPI WaitForThreadpoolWorkCallbacks(PVOID work, BOOL cancel);
VOID WINAPI CloseThreadpoolWork(PVOID work);
BOOL WINAPI TrySubmitThreadpoolCallback(VOID(WINAPI* callback)(PVOID instance, PVOID context),
                                        PVOID context, PVOID environment);
VOID WINAPI GetSystemTimeAsFileTime(LARGE_INTEGER* time);

#define WAIT_HERE ((HANDLE)-1)

int failures;
static HANDLE done;
static volatile LONG calls;
static DWORD caller;
static LARGE_INTEGER told;

static VOID WINAPI timer_call(PVOID argument, DWORD low, DWORD high) {
  calls += (LONG)argument;
  caller = GetCurrentThreadId();
  told = (LARGE_INTEGER)((uint64_t)high << 32 | low);
}

static void waitable(void) {
  HANDLE timer = CreateWaitableTimerA(0, FALSE, 0);
  LARGE_INTEGER due = -100000, before, after; /* 10 ms */
  GetSystemTimeAsFileTime(&before);
  CHECK(SetWaitableTimer(timer, &due, 0, timer_call, (PVOID)1, FALSE));
  Sleep(30);
  CHECK(calls == 0); /* not alertable */
  CHECK(SleepEx(0, TRUE) == WAIT_IO_COMPLETION && calls == 1 && caller == GetCurrentThreadId());
  GetSystemTimeAsFileTime(&after);
  CHECK(told >= before + 100000 && told <= after);
  CHECK(SetWaitableTimer(timer, &due, 0, timer_call, (PVOID)10, FALSE));
  CHECK(SleepEx(INFINITE, TRUE) == WAIT_IO_COMPLETION && calls == 11);
  CHECK(SetWaitableTimer(timer, &due, 0, timer_call, (PVOID)100, FALSE));
  Sleep(30);
  CHECK(CancelWaitableTimer(timer) && SleepEx(0, TRUE) == 0 && calls == 11); /* taken back */
  CHECK(SetWaitableTimer(timer, &due, 10, timer_call, (PVOID)1, FALSE));
  for (int i = 0; i < 3; ++i) CHECK(SleepEx(1000, TRUE) == WAIT_IO_COMPLETION);
  CHECK(calls == 14 && CancelWaitableTimer(timer) && CloseHandle(timer));
}

static VOID WINAPI count_call(PVOID parameter, BOOLEAN timed_out) {
  if (InterlockedIncrement(&calls) == (LONG)parameter) SetEvent(done);
  caller = GetCurrentThreadId();
  if (!timed_out) caller = 0;
}

static VOID WINAPI slow_call(PVOID parameter, BOOLEAN timed_out) {
  SetEvent(parameter);
  Sleep(50);
  InterlockedIncrement(&calls);
}

static void queues(void) {
  HANDLE timer, queue = CreateTimerQueue(), began = CreateEventA(0, FALSE, FALSE, 0);
  CHECK(queue != 0);
  calls = 0;
  CHECK(CreateTimerQueueTimer(&timer, queue, count_call, (PVOID)3, 10, 10, 0));
  CHECK(WaitForSingleObject(done, 5000) == WAIT_OBJECT_0 && calls >= 3);
  CHECK(caller && caller != GetCurrentThreadId());
  CHECK(DeleteTimerQueueTimer(queue, timer, WAIT_HERE));
  LONG seen = calls;
  Sleep(50);
  CHECK(calls == seen);
  calls = 0;
  CHECK(CreateTimerQueueTimer(&timer, queue, count_call, (PVOID)1, 100000, 0, 0x20));
  CHECK(ChangeTimerQueueTimer(queue, timer, 5, 0));
  CHECK(WaitForSingleObject(done, 5000) == WAIT_OBJECT_0 && calls == 1);
  CHECK(DeleteTimerQueueTimer(queue, timer, WAIT_HERE));
  calls = 0;
  CHECK(CreateTimerQueueTimer(&timer, 0, slow_call, began, 0, 0, 0));
  CHECK(WaitForSingleObject(began, 5000) == WAIT_OBJECT_0);
  CHECK(!DeleteTimerQueueTimer(0, timer, done) && GetLastError() == ERROR_IO_PENDING);
  CHECK(WaitForSingleObject(done, 5000) == WAIT_OBJECT_0 && calls == 1);
  CHECK(CreateTimerQueueTimer(&timer, queue, count_call, (PVOID)9, 100000, 0, 0));
  CHECK(DeleteTimerQueueEx(queue, WAIT_HERE));
}

static void waits(void) {
  HANDLE wait, event = CreateEventA(0, FALSE, FALSE, 0);
  calls = 0;
  CHECK(RegisterWaitForSingleObject(&wait, event, count_call, (PVOID)1, INFINITE, 0));
  SetEvent(event);
  CHECK(WaitForSingleObject(done, 5000) == WAIT_OBJECT_0);
  Sleep(10);
  CHECK(calls == 1 && caller == 0);
  calls = 0;
  SetEvent(event);
  CHECK(WaitForSingleObject(done, 5000) == WAIT_OBJECT_0); /* again */
  CHECK(UnregisterWaitEx(wait, WAIT_HERE));
  calls = 0;
  CHECK(RegisterWaitForSingleObject(&wait, event, count_call, (PVOID)1, 10, 8));
  CHECK(WaitForSingleObject(done, 5000) == WAIT_OBJECT_0);
  Sleep(50);
  CHECK(calls == 1 && caller != 0); /* timed out, and once alone */
  CHECK(UnregisterWaitEx(wait, WAIT_HERE) && CloseHandle(event));
}

static DWORD WINAPI item(PVOID parameter) {
  if (InterlockedIncrement(&calls) == (LONG)parameter) SetEvent(done);
  return 0;
}

static VOID WINAPI work_call(PVOID instance, PVOID context, PVOID work) {
  Sleep(1);
  InterlockedExchangeAdd(&calls, (LONG)context);
}

static VOID WINAPI simple_call(PVOID instance, PVOID context) {
  SetEvent(context);
}

static void work(void) {
  calls = 0;
  for (int i = 0; i < 20; ++i) CHECK(QueueUserWorkItem(item, (PVOID)20, 0));
  CHECK(WaitForSingleObject(done, 5000) == WAIT_OBJECT_0 && calls == 20);
  calls = 0;
  PVOID object = CreateThreadpoolWork(work_call, (PVOID)2, 0);
  for (int i = 0; i < 10; ++i) SubmitThreadpoolWork(object);
  WaitForThreadpoolWorkCallbacks(object, FALSE);
  CHECK(calls == 20);
  CloseThreadpoolWork(object);
  CHECK(TrySubmitThreadpoolCallback(simple_call, done, 0));
  CHECK(WaitForSingleObject(done, 5000) == WAIT_OBJECT_0);
}

void start(void) {
  done = CreateEventA(0, FALSE, FALSE, 0);
  waitable();
  queues();
  waits();
  work();
  CHECK_ENDS("pool");
}
