/* A fault in a filter is a nested exception: the same filter is asked about it, then the frames
 * outside, which see EXCEPTION_NESTED_CALL until the frame whose filter it was has been asked
 * (facts 3.2 E). The first exception is forgotten. */
#include "cases/steps.h"

NOINLINE static void read_null(void) {
  (void)*(volatile int*)4;
}

NOINLINE static LONG faulty(DWORD code, DWORD flags) {
  if (code == 0xc0000005) {
    CHECK(flags == 0x10);
    return filter('n', EXCEPTION_CONTINUE_SEARCH);
  }
  CHECK(flags == 0);
  step('1');
  read_null();
  step('!');
  return EXCEPTION_EXECUTE_HANDLER;
}

NOINLINE static LONG outer(DWORD code, DWORD flags) {
  CHECK(code == 0xc0000005);
  CHECK(flags == 0);
  return filter('2', EXCEPTION_EXECUTE_HANDLER);
}

NOINLINE static void inner(void) {
  __try {
    raise(0xe0000004);
  } __except (
      faulty(GetExceptionCode(), GetExceptionInformation()->ExceptionRecord->ExceptionFlags)) {
    step('!');
  }
}

PROGRAM {
  __try {
    inner();
  } __except (
      outer(GetExceptionCode(), GetExceptionInformation()->ExceptionRecord->ExceptionFlags)) {
    step('h');
  }
  TRAIL("1n2h");
}
