// Exceptions of threads are their own: current exception, count, handlers.
#include <eh.h>

#include "cxx/object.hpp"

static volatile LONG wrong;

struct Yields {
  ~Yields() {
    SwitchToThread();
    if (__uncaught_exceptions() != 1) InterlockedIncrement(&wrong);
  }
};

static DWORD WINAPI work(PVOID parameter) {
  const int number = (int)parameter;
  for (int i = 0; i < 20; ++i) {
    try {
      Yields yields;
      throws(number);
    } catch (int caught) {
      SwitchToThread();
      if (caught != number) InterlockedIncrement(&wrong);
      try {
        throw;
      } catch (int again) {
        if (again != number) InterlockedIncrement(&wrong);
      }
    }
  }
  return 0;
}

PROGRAM {
  HANDLE threads[6];
  for (int i = 0; i < 6; ++i) threads[i] = CreateThread(0, 0, work, (PVOID)i, 0, 0);
  CHECK(WaitForMultipleObjects(6, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
  CHECK(wrong == 0);
}
