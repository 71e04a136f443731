/* SOURCES: eh3_frame.S
 * A function whose frame _SEH_prolog lays and _SEH_epilog clears. */
#include "seh/eh4_frame.h"

static void __cdecl raises(void) {
  raise(0xe0000033);
}
static void __cdecl quiet(void) {
  step('q');
}
static LONG __cdecl take(EXCEPTION_POINTERS* pointers) {
  return filter(pointers->ExceptionRecord->ExceptionCode == 0xe0000033 ? 'f' : '!',
                EXCEPTION_EXECUTE_HANDLER);
}
static void __cdecl cleans(void) {
  step('c');
}

PROGRAM {
  CHECK(eh3_frame(quiet, take, cleans) == 0);
  TRAIL("qc");
  CHECK(eh3_frame(raises, take, cleans) == 1);
  TRAIL("fc");
}
