/* Two threads that take turns by events, and how one learns how the other ended: the documented
 * semantics of CreateThread, events, WaitForSingleObject and GetExitCodeThread. */
#include "cases/say.h"

#define TURNS 5
#define STILL_ACTIVE 259

int failures;
static HANDLE ping, pong;
static int turns;

static DWORD WINAPI answer(PVOID parameter) {
  for (int i = 0; i < TURNS; ++i) {
    WaitForSingleObject(ping, INFINITE);
    ++turns;
    SetEvent(pong);
  }
  return (DWORD)parameter;
}

void start(void) {
  DWORD id = 0, code = 0;
  ping = CreateEventA(0, FALSE, FALSE, 0);
  pong = CreateEventA(0, FALSE, FALSE, 0);
  HANDLE thread = CreateThread(0, 0, answer, (PVOID)77, CREATE_SUSPENDED, &id);
  CHECK(thread != 0 && id != 0 && id != GetCurrentThreadId());
  SetEvent(ping);
  CHECK(WaitForSingleObject(pong, 10) == WAIT_TIMEOUT); /* it is suspended */
  CHECK(GetExitCodeThread(thread, &code) && code == STILL_ACTIVE);
  CHECK(ResumeThread(thread) == 1);
  for (int i = 0; i < TURNS; ++i) {
    CHECK(WaitForSingleObject(pong, INFINITE) == WAIT_OBJECT_0);
    CHECK(turns == i + 1);
    SetEvent(ping);
  }
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(GetExitCodeThread(thread, &code) && code == 77);
  CHECK(CloseHandle(thread));
  CHECK(!CloseHandle(thread) && GetLastError() == 6);
  CHECK_ENDS("thread");
}
