// An exception that would leave a noexcept function: std::terminate ([except.spec]).
#include <eh.h>

#include "cxx/object.hpp"

static void __cdecl on_terminate() {
  step('t');
  TRAIL("at");
  end_program();
}

NOINLINE static void promises() noexcept {
  step('a');
  throws(1);
}

PROGRAM {
  set_terminate(on_terminate);
  try {
    promises();
  } catch (int) {
    step('!');
  }
  CHECK(!"came back");
}
