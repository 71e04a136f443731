/* LAB_OP_SETJMP and LAB_OP_LONGJMP. */
#include <setjmp.h>

#include "fuzz/sequences/sequences.h"

struct Jump {
  jmp_buf buffer;
  uint32_t id;
  Jump* outer;
};

NOINLINE void open_setjmp(uint32_t id) {
  Jump jump;
  OPEN_FRAME;
  jump.id = id;
  jump.outer = standing.jumps;
  if (setjmp(jump.buffer) == 0) {
    standing.jumps = &jump;
    run_c_frame(false);
  } else {
    say(LAB_LOG_LANDED, id, 0, 0);
  }
  CLOSE_FRAME(id);
}

void jump_to_live(uint32_t number) {
  uint32_t count = 0;
  Jump* at;
  for (at = standing.jumps; at != 0; at = at->outer) count++;
  if (count == 0) return;
  number %= count;
  for (at = standing.jumps; number > 0; number--) at = at->outer;
  longjmp(at->buffer, 1);
}
