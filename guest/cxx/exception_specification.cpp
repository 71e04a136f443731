// SOURCES: old_frames.S
// A frame with a list of exceptions that it may let out (throw(int)): another calls the handler of
// set_unexpected, which may throw one of the list instead; otherwise the program ends
// ([except.unexpected] of C++98).
#include <eh.h>

#include "cxx/old_frames.hpp"

static void __cdecl throws_instead() {
  step('u');
  throws(8);
}
static void __cdecl returns() {
  step('v');
}
static void __cdecl on_terminate() {
  TRAIL("v");
  end_program();
}

PROGRAM {
  set_terminate(on_terminate);
  try {
    frame_specified(throws_int);
  } catch (int value) {
    CHECK(value == 5);
  }
  TRAIL("d");
  CHECK(set_unexpected(throws_instead) == nullptr);
  try {
    frame_specified(throws_char);
  } catch (int value) {
    CHECK(value == 8);
  }
  TRAIL("ud");
  CHECK(set_unexpected(returns) == throws_instead);
  frame_specified(throws_char);
  CHECK(!"came back");
}
