/* Events, semaphores, mutexes, critical sections, sleeping: results and last-error values as
 * documented, and the same under Wine 8.0 but for one line. */
#include "cases/say.h"

#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87
#define ERROR_NOT_OWNER 288
#define ERROR_TOO_MANY_POSTS 298
#define THREADS 4
#define ROUNDS 200

int failures;
static RTL_CRITICAL_SECTION section;
static int inside, rounds;

static void events(void) {
  HANDLE manual = CreateEventA(0, TRUE, TRUE, 0), automatic = CreateEventW(0, FALSE, TRUE, 0);
  CHECK(WaitForSingleObject(manual, 0) == WAIT_OBJECT_0);
  CHECK(WaitForSingleObject(manual, 0) == WAIT_OBJECT_0);
  CHECK(WaitForSingleObject(automatic, 0) == WAIT_OBJECT_0);
  CHECK(WaitForSingleObject(automatic, 0) == WAIT_TIMEOUT);
  CHECK(ResetEvent(manual) && WaitForSingleObject(manual, 1) == WAIT_TIMEOUT);
  HANDLE both[2] = {automatic, manual};
  CHECK(SetEvent(manual));
  CHECK(WaitForMultipleObjects(2, both, FALSE, 0) == WAIT_OBJECT_0 + 1);
  CHECK(WaitForMultipleObjects(2, both, TRUE, 0) == WAIT_TIMEOUT);
  CHECK(SetEvent(automatic));
  CHECK(WaitForMultipleObjects(2, both, TRUE, INFINITE) == WAIT_OBJECT_0);
  CHECK(WaitForSingleObject(automatic, 0) == WAIT_TIMEOUT);
  CHECK(WaitForMultipleObjects(65, both, FALSE, 0) == WAIT_FAILED);
  CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
  /* Documented; Wine 8.0 allows it. */
  HANDLE twice[2] = {manual, manual};
  CHECK(WaitForMultipleObjects(2, twice, TRUE, 0) == WAIT_FAILED);
  CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(CloseHandle(manual) && CloseHandle(automatic));
  CHECK(WaitForSingleObject(manual, 0) == WAIT_FAILED && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(!SetEvent(manual) && GetLastError() == ERROR_INVALID_HANDLE);
}

static void semaphores(void) {
  LONG previous = 77;
  HANDLE semaphore = CreateSemaphoreA(0, 1, 3, 0);
  CHECK(WaitForSingleObject(semaphore, 0) == WAIT_OBJECT_0);
  CHECK(WaitForSingleObject(semaphore, 0) == WAIT_TIMEOUT);
  CHECK(ReleaseSemaphore(semaphore, 2, &previous) && previous == 0);
  CHECK(!ReleaseSemaphore(semaphore, 2, 0) && GetLastError() == ERROR_TOO_MANY_POSTS);
  CHECK(ReleaseSemaphore(semaphore, 1, &previous) && previous == 2);
  CHECK(!CreateSemaphoreA(0, 2, 1, 0) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!SetEvent(semaphore) && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(CloseHandle(semaphore));
}

static DWORD WINAPI release_foreign(PVOID mutex) {
  BOOL released = ReleaseMutex(mutex);
  return released ? 0 : GetLastError();
}

static DWORD WINAPI leave_mutex_behind(PVOID mutex) {
  return WaitForSingleObject(mutex, INFINITE);
}

static DWORD run(THREAD_START_ROUTINE start, PVOID parameter) {
  DWORD code = 0xdead;
  HANDLE thread = CreateThread(0, 0, start, parameter, 0, 0);
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(GetExitCodeThread(thread, &code));
  CHECK(CloseHandle(thread));
  return code;
}

static void mutexes(void) {
  HANDLE mutex = CreateMutexA(0, TRUE, 0);
  CHECK(WaitForSingleObject(mutex, 0) == WAIT_OBJECT_0); /* recursive */
  CHECK(run(release_foreign, mutex) == ERROR_NOT_OWNER);
  CHECK(ReleaseMutex(mutex) && ReleaseMutex(mutex));
  CHECK(!ReleaseMutex(mutex) && GetLastError() == ERROR_NOT_OWNER);
  CHECK(run(leave_mutex_behind, mutex) == WAIT_OBJECT_0);
  CHECK(WaitForSingleObject(mutex, 0) == 0x80); /* WAIT_ABANDONED: its owner has ended */
  CHECK(ReleaseMutex(mutex) && CloseHandle(mutex));
}

static DWORD WINAPI enter_many_times(PVOID parameter) {
  for (int i = 0; i < ROUNDS; ++i) {
    EnterCriticalSection(&section);
    EnterCriticalSection(&section);
    if (++inside != 1) CHECK(!"alone in the critical section");
    ++rounds;
    if (i % 16 == 0) SwitchToThread();
    --inside;
    LeaveCriticalSection(&section);
    LeaveCriticalSection(&section);
  }
  return 0;
}

static DWORD WINAPI try_to_enter(PVOID parameter) {
  if (!TryEnterCriticalSection(&section)) return 1;
  LeaveCriticalSection(&section);
  return 0;
}

static void critical_sections(void) {
  HANDLE threads[THREADS];
  InitializeCriticalSection(&section);
  for (int i = 0; i < THREADS; ++i) threads[i] = CreateThread(0, 0, enter_many_times, 0, 0, 0);
  CHECK(WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
  CHECK(rounds == THREADS * ROUNDS);
  for (int i = 0; i < THREADS; ++i) CHECK(CloseHandle(threads[i]));
  EnterCriticalSection(&section);
  CHECK(run(try_to_enter, 0) == 1);
  CHECK(TryEnterCriticalSection(&section));
  LeaveCriticalSection(&section);
  LeaveCriticalSection(&section);
  CHECK(run(try_to_enter, 0) == 0);
  DeleteCriticalSection(&section);
}

static void sleeping(void) {
  DWORD before = GetTickCount();
  Sleep(50);
  DWORD slept = GetTickCount() - before;
  CHECK(slept >= 45 && slept < 5000);
  Sleep(0);
  LARGE_INTEGER frequency = 0, first = 0, second = 0;
  CHECK(QueryPerformanceFrequency(&frequency) && frequency > 0);
  CHECK(QueryPerformanceCounter(&first));
  Sleep(2);
  CHECK(QueryPerformanceCounter(&second) && second > first);
}

static DWORD WINAPI count_up(PVOID parameter) {
  for (volatile LONG* count = parameter;;) {
    InterlockedIncrement(count);
    Sleep(1);
  }
}

static void suspension(void) {
  static volatile LONG count;
  HANDLE thread = CreateThread(0, 0, count_up, (PVOID)&count, 0, 0);
  while (count < 3) Sleep(1);
  CHECK(SuspendThread(thread) == 0);
  CHECK(SuspendThread(thread) == 1);
  LONG frozen = count;
  Sleep(20);
  CHECK(count == frozen);
  CHECK(ResumeThread(thread) == 2 && ResumeThread(thread) == 1 && ResumeThread(thread) == 0);
  while (count < frozen + 3) Sleep(1);
  CHECK(SuspendThread((HANDLE)0x9999) == 0xffffffff && GetLastError() == ERROR_INVALID_HANDLE);
}

static void duplicates(void) {
  HANDLE copy = 0, event = CreateEventA(0, TRUE, FALSE, 0);
  CHECK(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &copy, 0, FALSE,
                        DUPLICATE_SAME_ACCESS));
  CHECK(copy != event && SetEvent(copy));
  CHECK(CloseHandle(copy) && WaitForSingleObject(event, 0) == WAIT_OBJECT_0);
  CHECK(DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &copy, 0,
                        FALSE, DUPLICATE_SAME_ACCESS));
  DWORD code = 0;
  CHECK(GetExitCodeThread(copy, &code) && code == 259);
  CHECK(CloseHandle(copy) && CloseHandle(event));
}

void start(void) {
  events();
  semaphores();
  mutexes();
  critical_sections();
  sleeping();
  suspension(); /* its thread goes on; the end of the process takes it along */
  duplicates();
  CHECK_ENDS("wait_functions");
}
