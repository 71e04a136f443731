/* SOURCES: eh4_frame.S
 * An overrun reached the frame's GS cookie: before the scope table is believed the program ends
 * with STATUS_STACK_BUFFER_OVERRUN, and no filter is asked. */
#include "seh/eh4_frame.h"

static void __cdecl raises(void) {
  raise(0xe0000032);
}
static LONG __cdecl never(EXCEPTION_POINTERS* pointers) {
  (void)pointers;
  say("a filter was asked\n");
  return EXCEPTION_EXECUTE_HANDLER;
}
static void __cdecl nothing(void) {}

PROGRAM {
  say("before\n");
  eh4_frame(raises, never, nothing, 2);
  say("came back\n");
}
