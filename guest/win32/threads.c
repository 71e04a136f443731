/* Threads, calls queued to them, how they end: as Microsoft documents QueueUserAPC, SleepEx,
 * TerminateThread, SetThreadPriority, DllMain's order. */
#include "cases/say.h"
#include "system/win32_threads.h"

#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87

int failures;
static char order[16];
static int order_count;

static VOID WINAPI note(ULONG_PTR letter) {
  if (order_count < 15) order[order_count++] = (char)letter;
  order[order_count] = 0;
}

static int order_is(const char* expected) {
  int i = 0;
  while (expected[i] && order[i] == expected[i]) ++i;
  int same = expected[i] == order[i];
  order_count = 0;
  order[0] = 0;
  return same;
}

static VOID WINAPI note_and_queue(ULONG_PTR letter) {
  note(letter);
  QueueUserAPC(note, GetCurrentThread(), letter + 1);
}

static void own_calls(void) {
  CHECK(QueueUserAPC(note, GetCurrentThread(), 'a') && QueueUserAPC(note, GetCurrentThread(), 'b'));
  Sleep(1);
  CHECK(order_is("")); /* not alertable */
  CHECK(SleepEx(1000, TRUE) == WAIT_IO_COMPLETION);
  CHECK(order_is("ab")); /* all of them, in the order in which they were queued */
  CHECK(SleepEx(1, TRUE) == 0);
  CHECK(QueueUserAPC(note_and_queue, GetCurrentThread(), 'c'));
  CHECK(SleepEx(0, TRUE) == WAIT_IO_COMPLETION);
  CHECK(order_is("cd")); /* one queued by a call comes in the same wait */
  HANDLE event = CreateEventA(0, TRUE, TRUE, 0);
  CHECK(QueueUserAPC(note, GetCurrentThread(), 'e'));
  CHECK(WaitForSingleObjectEx(event, INFINITE, TRUE) == WAIT_OBJECT_0);
  CHECK(order_is("")); /* what is signalled already needs no wait */
  CHECK(ResetEvent(event));
  CHECK(WaitForSingleObjectEx(event, INFINITE, TRUE) == WAIT_IO_COMPLETION && order_is("e"));
  CHECK(QueueUserAPC(note, GetCurrentThread(), 'f'));
  CHECK(WaitForMultipleObjectsEx(1, &event, FALSE, 5, TRUE) == WAIT_IO_COMPLETION);
  CHECK(order_is("f") && CloseHandle(event));
}

static DWORD WINAPI sleep_alertably(PVOID started) {
  SetEvent(started);
  DWORD result = SleepEx(INFINITE, TRUE);
  note('r');
  return result;
}

static DWORD WINAPI note_start(PVOID parameter) {
  note('s');
  return 5;
}

static void others_calls(void) {
  DWORD code = 0;
  HANDLE started = CreateEventA(0, TRUE, FALSE, 0);
  HANDLE thread = CreateThread(0, 0, sleep_alertably, started, 0, 0);
  CHECK(WaitForSingleObject(started, INFINITE) == WAIT_OBJECT_0);
  Sleep(5);
  CHECK(QueueUserAPC(note, thread, 'x'));
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0 && order_is("xr"));
  CHECK(GetExitCodeThread(thread, &code) && code == WAIT_IO_COMPLETION);
  CHECK(!QueueUserAPC(note, thread, 'y')); /* it has ended */
  CloseHandle(thread);
  /* Queued before the thread begins: before its routine. */
  thread = CreateThread(0, 0, note_start, 0, CREATE_SUSPENDED, 0);
  CHECK(QueueUserAPC(note, thread, 'z'));
  CHECK(ResumeThread(thread) == 1 && WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(order_is("zs"));
  CloseHandle(thread);
}

static DWORD WINAPI sleep_for_ever(PVOID mutex) {
  WaitForSingleObject(mutex, INFINITE);
  Sleep(INFINITE);
  return 1;
}

static void termination(void) {
  DWORD code = 0, id = 0;
  HANDLE mutex = CreateMutexA(0, FALSE, 0);
  HANDLE thread = CreateRemoteThread(GetCurrentProcess(), 0, 0, sleep_for_ever, mutex, 0, &id);
  CHECK(thread && GetThreadId(thread) == id &&
        GetProcessIdOfThread(thread) == GetCurrentProcessId());
  Sleep(5);
  CHECK(GetExitCodeThread(thread, &code) && code == STILL_ACTIVE);
  CHECK(TerminateThread(thread, 77));
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(GetExitCodeThread(thread, &code) && code == 77);
  CHECK(WaitForSingleObject(mutex, 0) == WAIT_ABANDONED);
  CHECK(!TerminateThread((HANDLE)0x9999, 1) && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(!CreateRemoteThread((HANDLE)0x9999, 0, 0, note_start, 0, 0, 0));
}

static void facts_about_them(void) {
  DWORD code = 0, startup[17];
  CHECK(GetExitCodeProcess(GetCurrentProcess(), &code) && code == STILL_ACTIVE);
  CHECK(GetProcessId(GetCurrentProcess()) == GetCurrentProcessId());
  CHECK(GetThreadPriority(GetCurrentThread()) == 0);
  CHECK(SetThreadPriority(GetCurrentThread(), 2) && GetThreadPriority(GetCurrentThread()) == 2);
  CHECK(SetThreadPriority(GetCurrentThread(), 15) && GetThreadPriority(GetCurrentThread()) == 15);
  CHECK(SetThreadPriority(GetCurrentThread(), -15) && GetThreadPriority(GetCurrentThread()) == -15);
  CHECK(!SetThreadPriority(GetCurrentThread(), 4) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(SetThreadPriority(GetCurrentThread(), 0));
  GetStartupInfoA(startup);
  CHECK(startup[0] == 68 && (startup[11] & 0x100) &&
        startup[15] == (DWORD)GetStdHandle(STD_OUTPUT_HANDLE));
  GetStartupInfoW(startup);
  CHECK(startup[0] == 68 && ((WCHAR*)startup[2])[0] == 'W');
}

/* The first thread ends and another one ends the process: ExitThread does not. */
static DWORD WINAPI outlive(PVOID first) {
  CHECK(WaitForSingleObject(first, INFINITE) == WAIT_OBJECT_0);
  CHECK_ENDS("threads");
}

void start(void) {
  HANDLE first = 0;
  own_calls();
  others_calls();
  termination();
  facts_about_them();
  CHECK(DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &first, 0,
                        FALSE, DUPLICATE_SAME_ACCESS));
  CHECK(CreateThread(0, 0, outlive, first, 0, 0) != 0);
  ExitThread(3);
}
