/* SOURCES: eh4_frame.S
 * longjmp within a function of _except_handler4: _seh_longjmp_unwind4 runs the __finally blocks
 * that are left and puts the level back. */
#include "seh/eh4_frame.h"

NORETURN void longjmp(int* buffer, int value);
static int buffer[16];

static void __cdecl jumps(void) {
  step('a');
  longjmp(buffer, 6);
}
static void __cdecl cleans(void) {
  step('c');
}

PROGRAM {
  CHECK(eh4_setjmp(buffer, jumps, cleans) == 6);
  TRAIL("ac");
}
