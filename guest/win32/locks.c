/* Slim locks, condition variables, one-time initialization, lists, waiting on an address, objects
 * with names: as Microsoft documents each. */
#include "cases/say.h"
#include "system/win32_threads.h"

#define ERROR_FILE_NOT_FOUND 2
#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87
#define ERROR_ALREADY_EXISTS 183
#define ERROR_NOT_OWNER 288
#define ERROR_TIMEOUT 1460
#define THREADS 4
#define ROUNDS 100

int failures;
static RTL_SRWLOCK lock; /* SRWLOCK_INIT is zero */
static RTL_CRITICAL_SECTION section;
static RTL_CONDITION_VARIABLE not_empty;
static volatile LONG writers, readers, most_readers, total, taken, items;

static DWORD WINAPI read_and_write(PVOID number) {
  for (int i = 0; i < ROUNDS; ++i) {
    if ((i + (int)number) % 3) {
      AcquireSRWLockShared(&lock);
      LONG now = InterlockedIncrement(&readers);
      if (now > most_readers) most_readers = now;
      if (writers) CHECK(!"no writer beside a reader");
      if (i % 8 == 0) SwitchToThread();
      InterlockedDecrement(&readers);
      ReleaseSRWLockShared(&lock);
    } else {
      AcquireSRWLockExclusive(&lock);
      if (++writers != 1 || readers) CHECK(!"a writer alone");
      if (i % 4 == 0) SwitchToThread();
      ++total;
      --writers;
      ReleaseSRWLockExclusive(&lock);
    }
  }
  return 0;
}

static void run(THREAD_START_ROUTINE start) {
  HANDLE threads[THREADS];
  for (int i = 0; i < THREADS; ++i) threads[i] = CreateThread(0, 0, start, (PVOID)i, 0, 0);
  CHECK(WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
  for (int i = 0; i < THREADS; ++i) CloseHandle(threads[i]);
}

__attribute__((noinline)) static void release_unowned(void) {
  ReleaseSRWLockExclusive(&lock);
}

static void slim_locks(void) {
  run(read_and_write);
  CHECK(total == 133 + 1 || total == 134 || total == 133); /* a third of 400 */
  CHECK(most_readers > 1);
  CHECK(TryAcquireSRWLockExclusive(&lock));
  CHECK(!TryAcquireSRWLockExclusive(&lock) && !TryAcquireSRWLockShared(&lock));
  ReleaseSRWLockExclusive(&lock);
  CHECK(TryAcquireSRWLockShared(&lock) && TryAcquireSRWLockShared(&lock));
  CHECK(!TryAcquireSRWLockExclusive(&lock));
  ReleaseSRWLockShared(&lock);
  ReleaseSRWLockShared(&lock);
  CHECK(*(ULONG*)&lock == 0);
  DWORD code = 0;
  __try {
    release_unowned();
  } __except (code = GetExceptionCode(), EXCEPTION_EXECUTE_HANDLER) {
  }
  CHECK(code == 0xc0000264); /* STATUS_RESOURCE_NOT_OWNED */
}

static DWORD WINAPI consume(PVOID number) {
  for (;;) {
    EnterCriticalSection(&section);
    while (items == 0) CHECK(SleepConditionVariableCS(&not_empty, &section, INFINITE));
    LONG item = items < 0 ? -1 : items--;
    LeaveCriticalSection(&section);
    if (item < 0) return 0;
    InterlockedIncrement(&taken);
  }
}

static void condition_variables(void) {
  HANDLE threads[THREADS];
  InitializeCriticalSection(&section);
  EnterCriticalSection(&section);
  CHECK(!SleepConditionVariableCS(&not_empty, &section, 10) && GetLastError() == ERROR_TIMEOUT);
  LeaveCriticalSection(&section);
  AcquireSRWLockShared(&lock);
  CHECK(!SleepConditionVariableSRW(&not_empty, &lock, 10, 1) && GetLastError() == ERROR_TIMEOUT);
  ReleaseSRWLockShared(&lock);
  for (int i = 0; i < THREADS; ++i) threads[i] = CreateThread(0, 0, consume, 0, 0, 0);
  for (int i = 0; i < 40; ++i) {
    EnterCriticalSection(&section);
    items += 2;
    LeaveCriticalSection(&section);
    WakeConditionVariable(&not_empty);
    WakeConditionVariable(&not_empty);
    if (i % 7 == 0) Sleep(1);
  }
  while (items) Sleep(1);
  EnterCriticalSection(&section);
  items = -1;
  LeaveCriticalSection(&section);
  WakeAllConditionVariable(&not_empty);
  CHECK(WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
  CHECK(taken == 80);
}

static RTL_RUN_ONCE once;
static volatile LONG initialized;
static ULONG NTAPI initialize(RTL_RUN_ONCE* which, PVOID parameter, PVOID* context) {
  Sleep(5);
  InterlockedIncrement(&initialized);
  if (parameter) return FALSE;
  *context = (PVOID)0x1234560;
  return TRUE;
}

static DWORD WINAPI use_once(PVOID number) {
  PVOID context = 0;
  CHECK(InitOnceExecuteOnce(&once, initialize, 0, &context) && context == (PVOID)0x1234560);
  return 0;
}

static void once_only(void) {
  PVOID context = 0;
  BOOL pending = 9;
  CHECK(!InitOnceExecuteOnce(&once, initialize, (PVOID)1, &context));
  CHECK(initialized == 1);                                       /* and it may be tried again */
  CHECK(!InitOnceBeginInitialize(&once, 1, &pending, &context)); /* INIT_ONCE_CHECK_ONLY */
  run(use_once);
  CHECK(initialized == 2);
  CHECK(InitOnceBeginInitialize(&once, 1, &pending, &context) && !pending);
  CHECK(context == (PVOID)0x1234560);
  RTL_RUN_ONCE async = {0};
  CHECK(InitOnceBeginInitialize(&async, 2, &pending, &context) && pending);
  CHECK(InitOnceBeginInitialize(&async, 2, &pending, &context) && pending);
  CHECK(InitOnceComplete(&async, 2, (PVOID)0x40) && !InitOnceComplete(&async, 2, (PVOID)0x80));
  CHECK(InitOnceBeginInitialize(&async, 2, &pending, &context) && !pending);
  CHECK(context == (PVOID)0x40);
}

static SLIST_HEADER list;
static struct {
  SLIST_ENTRY entry;
  int number;
} entries[THREADS][ROUNDS];
static volatile LONG popped;

static DWORD WINAPI push_and_pop(PVOID number) {
  for (int i = 0; i < ROUNDS; ++i) {
    InterlockedPushEntrySList(&list, &entries[(int)number][i].entry);
    if (i % 2 && InterlockedPopEntrySList(&list)) InterlockedIncrement(&popped);
  }
  return 0;
}

static void lists(void) {
  InitializeSListHead(&list);
  CHECK(InterlockedPopEntrySList(&list) == 0 && InterlockedFlushSList(&list) == 0);
  SLIST_ENTRY a, b;
  CHECK(InterlockedPushEntrySList(&list, &a) == 0 && InterlockedPushEntrySList(&list, &b) == &a);
  CHECK(QueryDepthSList(&list) == 2 && InterlockedPopEntrySList(&list) == &b);
  CHECK(InterlockedFlushSList(&list) == &a && QueryDepthSList(&list) == 0);
  run(push_and_pop);
  CHECK(QueryDepthSList(&list) == THREADS * ROUNDS - popped);
  int count = 0;
  for (SLIST_ENTRY* entry = InterlockedFlushSList(&list); entry; entry = entry->Next) ++count;
  CHECK(count == THREADS * ROUNDS - popped);
  int64_t wide = 0x100000002;
  CHECK(InterlockedCompareExchange64(&wide, 5, 1) == 0x100000002 && wide == 0x100000002);
  CHECK(InterlockedCompareExchange64(&wide, 5, wide) == 0x100000002 && wide == 5);
}

static volatile LONG word;
static DWORD WINAPI wait_for_word(PVOID number) {
  LONG zero = 0;
  while (word == 0) CHECK(WaitOnAddress(&word, &zero, sizeof word, INFINITE));
  return 0;
}

static DWORD WINAPI set_word(PVOID number) {
  if (number == (PVOID)(THREADS - 1)) {
    Sleep(3);
    word = 1;
    WakeByAddressAll((PVOID)&word);
    return 0;
  }
  return wait_for_word(number);
}

static void addresses(void) {
  LONG zero = 0, one = 1;
  uint8_t byte = 1;
  CHECK(!WaitOnAddress(&word, &zero, sizeof word, 5) && GetLastError() == ERROR_TIMEOUT);
  CHECK(WaitOnAddress(&word, &one, sizeof word, INFINITE)); /* differs already */
  CHECK(WaitOnAddress(&word, &byte, 1, INFINITE));
  CHECK(!WaitOnAddress(&word, &zero, 3, 5) && GetLastError() == ERROR_INVALID_PARAMETER);
  run(set_word);
}

static void names(void) {
  SetLastError(77);
  HANDLE event = CreateEventA(0, TRUE, FALSE, "lab event");
  CHECK(event && GetLastError() == 0);
  HANDLE same = CreateEventA(0, FALSE, TRUE, "Local\\lab event");
  CHECK(same && same != event && GetLastError() == ERROR_ALREADY_EXISTS);
  CHECK(WaitForSingleObject(same, 0) == WAIT_TIMEOUT); /* its first state stands */
  HANDLE opened = OpenEventA(0x1f0003, FALSE, "lab event");
  CHECK(opened && SetEvent(opened) && WaitForSingleObject(event, 0) == WAIT_OBJECT_0);
  CHECK(!OpenEventA(0x1f0003, FALSE, "LAB EVENT") && GetLastError() == ERROR_FILE_NOT_FOUND);
  CHECK(!OpenMutexA(0x1f0001, FALSE, "lab event") && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(!CreateMutexA(0, FALSE, "lab event") && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(CloseHandle(event) && CloseHandle(same) && CloseHandle(opened));
  CHECK(!OpenEventA(0x1f0003, FALSE, "lab event") && GetLastError() == ERROR_FILE_NOT_FOUND);
  CHECK(!OpenEventA(0x1f0003, FALSE, 0) && GetLastError() == ERROR_INVALID_PARAMETER);
  static const WCHAR wide[] = {'s', 'e', 'm', 0x3b1, 0};
  HANDLE semaphore = CreateSemaphoreW(0, 1, 1, wide);
  CHECK(semaphore && OpenSemaphoreW(0x1f0003, FALSE, wide));
}

static void signal_and_wait(void) {
  HANDLE mutex = CreateMutexA(0, TRUE, 0), event = CreateEventA(0, TRUE, TRUE, 0);
  CHECK(SignalObjectAndWait(mutex, event, 0, FALSE) == WAIT_OBJECT_0);
  CHECK(SignalObjectAndWait(mutex, event, 0, FALSE) == WAIT_FAILED);
  CHECK(GetLastError() == ERROR_NOT_OWNER);
  CHECK(ResetEvent(event) && SignalObjectAndWait(event, mutex, 0, FALSE) == WAIT_OBJECT_0);
  CHECK(WaitForSingleObject(event, 0) == WAIT_OBJECT_0);
}

void start(void) {
  slim_locks();
  condition_variables();
  once_only();
  lists();
  addresses();
  names();
  signal_and_wait();
  CHECK_ENDS("locks");
}
