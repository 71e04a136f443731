/* A fault in a __finally replaces the exception that is being unwound for; its own unwinding
 * collides with the first and goes on where that was: no __finally runs twice, none is left out
 * (facts 3.6, 3.7). */
#include "cases/steps.h"

NOINLINE static void write_null(void) {
  *(volatile int*)8 = 1;
}

NOINLINE static void innermost(void) {
  __try {
    __try {
      raise(0xe0000009);
    } __finally {
      step('a');
      write_null();
      step('!');
    }
  } __finally {
    step('b');
  }
}

NOINLINE static void middle(void) {
  __try {
    innermost();
  } __finally {
    step('c');
  }
}

NOINLINE static LONG decide(DWORD code) {
  return code == 0xe0000009 ? filter('1', EXCEPTION_EXECUTE_HANDLER)
                            : filter('2', EXCEPTION_CONTINUE_SEARCH);
}

NOINLINE static void around(void) {
  __try {
    middle();
  } __except (decide(GetExceptionCode())) {
    step('!');
  }
}

PROGRAM {
  __try {
    around();
  } __except (filter('3', EXCEPTION_EXECUTE_HANDLER)) {
    CHECK(GetExceptionCode() == 0xc0000005);
    step('d');
  }
  TRAIL("1a23bcd");
}
