/* What no frame handles comes to the top-level filter, with the frames still there; its
 * EXCEPTION_EXECUTE_HANDLER ends the process, without any __finally (Microsoft:
 * "SetUnhandledExceptionFilter"). */
#include "cases/steps.h"

static LONG WINAPI last(EXCEPTION_POINTERS* pointers) {
  CHECK(pointers->ExceptionRecord->ExceptionCode == 0xe000000f);
  TRAIL("1");
  end_program();
}

PROGRAM {
  SetUnhandledExceptionFilter(last);
  __try {
    __try {
      raise(0xe000000f);
    } __finally {
      step('!');
    }
  } __except (filter('1', EXCEPTION_CONTINUE_SEARCH)) {
    step('!');
  }
  CHECK(!"came back");
}
