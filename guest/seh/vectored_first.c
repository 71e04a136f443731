/* Vectored handlers see an exception before every frame; continue handlers once it is dismissed. */
#include "cases/steps.h"

static LONG NTAPI before(EXCEPTION_POINTERS* pointers) {
  (void)pointers;
  return filter('v', EXCEPTION_CONTINUE_SEARCH);
}
static LONG NTAPI after(EXCEPTION_POINTERS* pointers) {
  (void)pointers;
  return filter('c', EXCEPTION_CONTINUE_SEARCH);
}

NOINLINE static void raise_under(LONG decision) {
  __try {
    raise(0xe000000e);
    step('a');
  } __except (filter('f', decision)) {
    step('h');
  }
}

PROGRAM {
  PVOID handler = AddVectoredExceptionHandler(1, before);
  PVOID on_continue = AddVectoredContinueHandler(1, after);
  raise_under(EXCEPTION_EXECUTE_HANDLER);
  TRAIL("vfh");
  raise_under(EXCEPTION_CONTINUE_EXECUTION);
  TRAIL("vfca");
  RemoveVectoredExceptionHandler(handler);
  RemoveVectoredContinueHandler(on_continue);
}
