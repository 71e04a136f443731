// throw; while no exception is handled: std::terminate ([except.throw]).
#include <eh.h>

#include "cxx/object.hpp"

static void __cdecl on_terminate() {
  end_program();
}

NOINLINE static void again() {
  throw;
}

PROGRAM {
  set_terminate(on_terminate);
  try {
    throws(1);
  } catch (int) {
  }
  try {
    again();
  } catch (...) {
    step('!');
  }
  CHECK(!"came back");
}
