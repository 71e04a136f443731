// SOURCES: old_frames.S
// Tables of three generations, by their magic numbers and the names of their handlers: an older one
// ends before the fields that a newer one added. Frames of Visual C++ 6 and 7 are unwound for
// structured exceptions as well, having no flag that says otherwise.
#include "cxx/old_frames.hpp"

static void __cdecl raises() {
  raise(0xe0000040);
}
static void __cdecl quiet() {}

NOINLINE static void structured(int(__cdecl* frame)(Body)) {
  __try {
    frame(raises);
  } __except (filter('f', EXCEPTION_EXECUTE_HANDLER)) {
    step('h');
  }
}

static void all(int(__cdecl* frame)(Body), const char* on_structured) {
  CHECK(frame(quiet) == 0);
  TRAIL("d");
  CHECK(frame(throws_int) == 5);
  TRAIL("d");
  try {
    frame(throws_char);
    step('!');
  } catch (char) {
    step('c');
  }
  TRAIL("dc");
  structured(frame);
  TRAIL(on_structured);
}

PROGRAM {
  all(frame_vc6, "fdh");
  all(frame_vc7, "fdh");
  all(frame_vc8, "fh");
}
