/* Waitable timers, completion ports and the clock in the shared page: results and last-error values
 * as documented. */
#include "cases/say.h"

#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87
#define MILLISECOND 10000
#define INVALID_HANDLE_VALUE ((HANDLE)-1)

typedef struct OVERLAPPED_ENTRY {
  ULONG_PTR CompletionKey;
  PVOID Overlapped;
  ULONG_PTR Internal;
  DWORD NumberOfBytesTransferred;
} OVERLAPPED_ENTRY;

HANDLE WINAPI CreateWaitableTimerA(PVOID security, BOOL manual_reset, const char* name);
HANDLE WINAPI CreateWaitableTimerExW(PVOID security, const WCHAR* name, DWORD flags, DWORD access);
BOOL WINAPI SetWaitableTimer(HANDLE timer, const LARGE_INTEGER* due, LONG period, PVOID routine,
                             PVOID argument, BOOL resume);
BOOL WINAPI CancelWaitableTimer(HANDLE timer);
HANDLE WINAPI CreateIoCompletionPort(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads);
BOOL WINAPI PostQueuedCompletionStatus(HANDLE port, DWORD bytes, ULONG_PTR key, PVOID overlapped);
BOOL WINAPI GetQueuedCompletionStatus(HANDLE port, DWORD* bytes, ULONG_PTR* key, PVOID* overlapped,
                                      DWORD milliseconds);
BOOL WINAPI GetQueuedCompletionStatusEx(HANDLE port, OVERLAPPED_ENTRY* entries, ULONG room,
                                        ULONG* removed, DWORD milliseconds, BOOL alertable);

int failures;
static HANDLE port;
static volatile LONG served;

/* Milliseconds as the shared page tells them: InterruptTime, 100 ns. */
static DWORD page_milliseconds(void) {
  const volatile ULONG* time = (const volatile ULONG*)0x7ffe0008;
  return time[0] / MILLISECOND;
}

static void timers(void) {
  LARGE_INTEGER due = -20 * MILLISECOND;
  HANDLE once = CreateWaitableTimerA(0, FALSE, 0);
  CHECK(WaitForSingleObject(once, 0) == WAIT_TIMEOUT);
  DWORD start = GetTickCount();
  CHECK(SetWaitableTimer(once, &due, 0, 0, 0, FALSE));
  CHECK(WaitForSingleObject(once, 10) == WAIT_TIMEOUT);
  CHECK(WaitForSingleObject(once, INFINITE) == WAIT_OBJECT_0);
  CHECK(GetTickCount() - start >= 20 && GetTickCount() - start < 40);
  CHECK(WaitForSingleObject(once, 100) == WAIT_TIMEOUT);

  CHECK(SetWaitableTimer(once, &due, 5, 0, 0, FALSE));
  start = GetTickCount();
  for (int i = 0; i < 4; ++i) CHECK(WaitForSingleObject(once, INFINITE) == WAIT_OBJECT_0);
  CHECK(GetTickCount() - start >= 35 && GetTickCount() - start < 60);
  CHECK(CancelWaitableTimer(once));
  CHECK(WaitForSingleObject(once, 50) == WAIT_TIMEOUT);

  HANDLE manual = CreateWaitableTimerExW(0, 0, 1, 0x1f0003);
  due = 0;
  CHECK(SetWaitableTimer(manual, &due, 0, 0, 0, FALSE));
  CHECK(WaitForSingleObject(manual, 0) == WAIT_OBJECT_0);
  CHECK(WaitForSingleObject(manual, 0) == WAIT_OBJECT_0);
  CHECK(!CreateWaitableTimerExW(0, 0, 0x80, 0) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!SetWaitableTimer(manual, &due, -1, 0, 0, FALSE) &&
        GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(CloseHandle(manual) && !CancelWaitableTimer(manual));
  CHECK(GetLastError() == ERROR_INVALID_HANDLE);
}

static DWORD WINAPI serve(PVOID parameter) {
  DWORD bytes;
  ULONG_PTR key;
  PVOID overlapped;
  while (GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, INFINITE) && key) {
    CHECK(bytes == key * 2 && (ULONG_PTR)overlapped == key * 3);
    InterlockedIncrement(&served);
  }
  return 0;
}

static void ports(void) {
  DWORD bytes = 1;
  ULONG_PTR key = 1;
  PVOID overlapped = &bytes;
  port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, 0, 0, 2);
  CHECK(port);
  CHECK(!GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, 10));
  CHECK(GetLastError() == WAIT_TIMEOUT && !overlapped);
  HANDLE threads[2];
  for (int i = 0; i < 2; ++i) threads[i] = CreateThread(0, 0, serve, 0, 0, 0);
  for (ULONG_PTR i = 1; i <= 100; ++i) {
    CHECK(PostQueuedCompletionStatus(port, i * 2, i, (PVOID)(i * 3)));
  }
  CHECK(PostQueuedCompletionStatus(port, 0, 0, 0) && PostQueuedCompletionStatus(port, 0, 0, 0));
  CHECK(WaitForMultipleObjects(2, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
  CHECK(served == 100);

  OVERLAPPED_ENTRY entries[4];
  ULONG removed = 0;
  for (ULONG_PTR i = 1; i <= 5; ++i) PostQueuedCompletionStatus(port, 0, i, 0);
  CHECK(GetQueuedCompletionStatusEx(port, entries, 4, &removed, 0, FALSE) && removed == 4);
  CHECK(entries[0].CompletionKey == 1 && entries[3].CompletionKey == 4);
  CHECK(GetQueuedCompletionStatusEx(port, entries, 4, &removed, 0, FALSE) && removed == 1);
  CHECK(!GetQueuedCompletionStatusEx(port, entries, 4, &removed, 0, FALSE));
  CHECK(GetLastError() == WAIT_TIMEOUT);
  CHECK(CloseHandle(port));
  CHECK(!PostQueuedCompletionStatus(port, 0, 0, 0) && GetLastError() == ERROR_INVALID_HANDLE);
}

/* The page's time passes under a program that calls nothing. */
static void clock(void) {
  DWORD start = page_milliseconds(), tick = GetTickCount();
  while (page_milliseconds() - start < 5) {
  }
  CHECK(GetTickCount() - tick >= 4 && GetTickCount() - tick < 10);
}

void start(void) {
  timers();
  ports();
  clock();
  CHECK_ENDS("timers_and_ports");
}
