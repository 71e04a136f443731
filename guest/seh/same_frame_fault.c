/* clang 14 deletes a handler when nothing in its __try is a call: a fault there is not caught. That
 * is LLVM's documented limitation, and Microsoft's compiler has it not. The fault comes to the
 * top-level filter. */
#include "cases/steps.h"

static volatile int* volatile nowhere;

static LONG WINAPI last(EXCEPTION_POINTERS* pointers) {
  CHECK(pointers->ExceptionRecord->ExceptionCode == 0xc0000005);
  TRAIL("a");
  end_program();
}

PROGRAM {
  SetUnhandledExceptionFilter(last);
  step('a');
  __try {
    *nowhere = 1;
  } __except (filter('!', EXCEPTION_EXECUTE_HANDLER)) {
    step('!');
  }
  CHECK(!"the compiler kept the handler");
}
