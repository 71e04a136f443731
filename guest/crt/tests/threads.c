/* Threads of the C runtime. Source: Microsoft's pages of _beginthread, _beginthreadex,
 * _endthreadex; errno, strtok and rand have their state for each thread ("multithreading and the
 * CRT"). */
#include <errno.h>
#include <process.h>
#include <stdlib.h>
#include <string.h>

#include "mingw/check.h"
#include "system/win32.h"

static HANDLE done;
static volatile int from_thread, first_number;

static void __cdecl plain(void* argument) {
  from_thread = *(int*)argument;
  SetEvent(done);
}

static unsigned __stdcall counted(void* argument) {
  errno = 77;
  char text[] = "x y";
  CHECK(!strcmp(strtok(text, " "), "x"));
  first_number = rand(); /* of a seed of its own, which is 1 at first */
  return *(unsigned*)argument + 1;
}
static unsigned __stdcall ends(void* argument) {
  _endthreadex(42);
}

static void beginning(void) {
  int value = 5;
  done = CreateEventA(0, TRUE, FALSE, 0);
  CHECK(_beginthread(plain, 0, &value) != (uintptr_t)-1);
  CHECK(WaitForSingleObject(done, INFINITE) == WAIT_OBJECT_0 && from_thread == 5);
}

static DWORD code_of(unsigned(__stdcall* routine)(void*), void* argument, unsigned flags) {
  unsigned id = 0;
  DWORD code = 0;
  const HANDLE thread = (HANDLE)_beginthreadex(0, 0, routine, argument, flags, &id);
  CHECK(thread && id != 0);
  if (flags & CREATE_SUSPENDED) {
    CHECK(WaitForSingleObject(thread, 10) == WAIT_TIMEOUT && ResumeThread(thread) == 1);
  }
  WaitForSingleObject(thread, INFINITE);
  CHECK(GetExitCodeThread(thread, &code) && CloseHandle(thread));
  return code;
}

int main(void) {
  unsigned value = 8;
  char text[] = "a b c";
  beginning();
  srand(1);
  errno = 5;
  CHECK(!strcmp(strtok(text, " "), "a"));
  CHECK(code_of(counted, &value, 0) == 9 && code_of(ends, 0, 0) == 42);
  CHECK(errno == 5 && !strcmp(strtok(0, " "), "b"));
  CHECK(first_number == 41 && rand() == 41);
  CHECK(code_of(counted, &value, CREATE_SUSPENDED) == 9);
  puts(failures ? "FAIL threads" : "PASS threads");
  return failures;
}
