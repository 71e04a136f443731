/* A filter that makes the page writable and continues: the store is done again (Microsoft's example
 * for EXCEPTION_CONTINUE_EXECUTION). */
#include "cases/steps.h"

static volatile BYTE* page;

NOINLINE static void store(void) {
  page[5] = 42;
}

NOINLINE static LONG mend(const EXCEPTION_POINTERS* pointers) {
  const EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  DWORD old;
  step('f');
  CHECK(record->ExceptionCode == 0xc0000005);
  CHECK(record->ExceptionInformation[0] == 1);
  CHECK(record->ExceptionInformation[1] == (ULONG_PTR)page + 5);
  VirtualProtect((PVOID)page, 1, PAGE_READWRITE, &old);
  CHECK(old == PAGE_READONLY);
  return EXCEPTION_CONTINUE_EXECUTION;
}

PROGRAM {
  page = VirtualAlloc(0, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_READONLY);
  __try {
    store();
    step('a');
  } __except (mend(GetExceptionInformation())) {
    step('!');
  }
  CHECK(page[5] == 42);
  TRAIL("fa");
}
