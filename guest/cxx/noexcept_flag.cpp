// SOURCES: old_frames.S
// Microsoft's compiler marks a noexcept function in its tables (EHFlags, bit 2): an exception that
// it would let out is std::terminate's.
#include <eh.h>

#include "cxx/old_frames.hpp"

static void __cdecl on_terminate() {
  TRAIL("");
  end_program();
}

PROGRAM {
  set_terminate(on_terminate);
  try {
    frame_noexcept(throws_int);
  } catch (int) {
    step('!');
  }
  CHECK(!"came back");
}
