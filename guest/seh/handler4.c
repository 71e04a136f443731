/* SOURCES: eh4_frame.S
 * Frames of _except_handler4 with sound cookies: filters, __finally blocks, continuing, unwinding
 * from outside and a fault in a __finally, as with _except_handler3. */
#include "seh/eh4_frame.h"

static volatile LONG decision;
static volatile BOOL finally_raises;

static void __cdecl raises(void) {
  raise(0xe0000030);
  step('r');
}
static void __cdecl quiet(void) {
  step('q');
}
static LONG __cdecl decide(EXCEPTION_POINTERS* pointers) {
  step(pointers->ExceptionRecord->ExceptionCode == 0xe0000030 ? 'f' : 'g');
  return decision;
}
static void __cdecl cleans(void) {
  step('c');
  if (finally_raises) raise(0xe0000031);
}
static void __cdecl nested(void) {
  decision = EXCEPTION_CONTINUE_SEARCH;
  eh4_frame(raises, decide, cleans, 0);
}
static LONG __cdecl take(EXCEPTION_POINTERS* pointers) {
  return filter(pointers->ExceptionRecord->ExceptionCode == 0xe0000031 ? '2' : '1',
                EXCEPTION_EXECUTE_HANDLER);
}

PROGRAM {
  CHECK(eh4_frame(quiet, decide, cleans, 0) == 0);
  TRAIL("qc");
  decision = EXCEPTION_EXECUTE_HANDLER;
  CHECK(eh4_frame(raises, decide, cleans, 0) == 1);
  TRAIL("fc");
  decision = EXCEPTION_CONTINUE_EXECUTION;
  CHECK(eh4_frame(raises, decide, cleans, 0) == 0);
  TRAIL("frc");
  CHECK(eh4_frame(nested, take, quiet, 0) == 1);
  TRAIL("f1cq");
  finally_raises = TRUE;
  __try {
    CHECK(eh4_frame(nested, take, quiet, 0) == 1);
  } __except (filter('!', EXCEPTION_EXECUTE_HANDLER)) {
  }
  /* The second exception: asked are the frame whose __finally raised, then the outer one. */
  TRAIL("f1cg2q");
}
