/* SOURCES: eh4_frame.S
 * An __except block is about to run, and the __finally within it raises: the frame's own outer
 * levels have not been left yet, so the new exception's unwinding runs their blocks, too, with
 * _except_handler3 as with _except_handler4. */
#include "seh/eh4_frame.h"

static void __cdecl first(void) {
  raise(0xe0000033);
}
static void __cdecl inner(void) {
  step('i');
  raise(0xe0000034);
}
static void __cdecl outer(void) {
  step('o');
}
/* Takes the first, and only that. */
static LONG __cdecl decide(EXCEPTION_POINTERS* pointers) {
  return pointers->ExceptionRecord->ExceptionCode == 0xe0000033
             ? filter('1', EXCEPTION_EXECUTE_HANDLER)
             : filter('2', EXCEPTION_CONTINUE_SEARCH);
}

NOINLINE static int eh3_leaves_twice(void) {
  __try {
    __try {
      __try {
        first();
      } __finally {
        inner();
      }
    } __except (decide(GetExceptionInformation())) {
      return 1;
    }
  } __finally {
    outer();
  }
  return 0;
}

NOINLINE static void with_handler3(void) {
  __try {
    eh3_leaves_twice();
    step('!');
  } __except (filter('3', EXCEPTION_EXECUTE_HANDLER)) {
    step('h');
  }
}

NOINLINE static void with_handler4(void) {
  __try {
    eh4_leaves_twice(first, decide, inner, outer);
    step('!');
  } __except (filter('3', EXCEPTION_EXECUTE_HANDLER)) {
    step('h');
  }
}

PROGRAM {
  with_handler3();
  TRAIL("1i23oh");
  with_handler4();
  TRAIL("1i23oh");
}
