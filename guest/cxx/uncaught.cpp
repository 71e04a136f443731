// No handler anywhere: std::terminate, before anything is unwound (which the standard leaves open,
// and Microsoft documents for its own).
#include <eh.h>

#include "cxx/object.hpp"

static void __cdecl on_terminate() {
  TRAIL("");
  end_program();
}

PROGRAM {
  set_terminate(on_terminate);
  Noisy never('!');
  try {
    throws('x');
  } catch (int) {
    step('!');
  }
  CHECK(!"came back");
}
