/* A guard page raises once; then it is an ordinary page (Microsoft: "Creating guard pages"). */
#include "cases/steps.h"

static volatile BYTE* page;

NOINLINE static BYTE touch(void) {
  return page[1];
}

NOINLINE static DWORD attempt(void) {
  __try {
    touch();
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return GetExceptionCode();
  }
  return 0;
}

PROGRAM {
  page = VirtualAlloc(0, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE | PAGE_GUARD);
  CHECK(attempt() == 0x80000001);
  CHECK(attempt() == 0);
}
