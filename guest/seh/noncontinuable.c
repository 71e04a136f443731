/* Continuing what cannot be continued is an exception itself, EXCEPTION_NONCONTINUABLE_EXCEPTION,
 * whose record points to the first (Microsoft: "RaiseException"). */
#include "cases/steps.h"

NOINLINE static LONG look(const EXCEPTION_POINTERS* pointers) {
  const EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  step('2');
  CHECK(record->ExceptionCode == 0xc0000025);
  CHECK(record->ExceptionFlags & EXCEPTION_NONCONTINUABLE);
  CHECK(record->ExceptionRecord && record->ExceptionRecord->ExceptionCode == 0xe000000a);
  return EXCEPTION_EXECUTE_HANDLER;
}

NOINLINE static LONG stubborn(DWORD code) {
  return code == 0xe000000a ? filter('1', EXCEPTION_CONTINUE_EXECUTION)
                            : filter('n', EXCEPTION_CONTINUE_SEARCH);
}

NOINLINE static void inner(void) {
  __try {
    RaiseException(0xe000000a, EXCEPTION_NONCONTINUABLE, 0, 0);
  } __except (stubborn(GetExceptionCode())) {
    step('!');
  }
}

PROGRAM {
  __try {
    inner();
  } __except (look(GetExceptionInformation())) {
    step('h');
  }
  TRAIL("1n2h");
}
