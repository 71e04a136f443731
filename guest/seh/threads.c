/* Each thread has a chain of its own: eight threads take faults side by side. */
#include "cases/steps.h"

static volatile LONG handled;

NOINLINE static void fault(DWORD number) {
  *(volatile DWORD*)(number * 4) = number;
}

static DWORD WINAPI work(PVOID parameter) {
  DWORD number = (DWORD)parameter;
  for (int i = 0; i < 20; ++i) {
    __try {
      __try {
        fault(number);
      } __finally {
        SwitchToThread();
        InterlockedIncrement(&handled);
      }
    } __except (GetExceptionInformation()->ExceptionRecord->ExceptionInformation[1] == number * 4) {
      InterlockedIncrement(&handled);
    }
  }
  return number;
}

PROGRAM {
  HANDLE threads[8];
  for (DWORD i = 0; i < 8; ++i) threads[i] = CreateThread(0, 0, work, (PVOID)i, 0, 0);
  CHECK(WaitForMultipleObjects(8, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
  for (DWORD i = 0; i < 8; ++i) {
    DWORD code = 99;
    GetExitCodeThread(threads[i], &code);
    CHECK(code == i);
  }
  CHECK(handled == 8 * 20 * 2);
}
