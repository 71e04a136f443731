// SOURCES: old_frames.S
// Tables with an unknown magic number cannot be believed: std::terminate.
#include <eh.h>

#include "cxx/old_frames.hpp"

static void __cdecl on_terminate() {
  TRAIL("");
  end_program();
}

PROGRAM {
  set_terminate(on_terminate);
  frame_bad(throws_int);
  CHECK(!"came back");
}
