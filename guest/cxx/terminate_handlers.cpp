// set_terminate returns the handler before; std::terminate calls the last one
// ([exception.terminate]).
#include <eh.h>

#include "cxx/object.hpp"

static void __cdecl first() {
  step('!');
}
static void __cdecl second() {
  step('2');
  TRAIL("2");
  end_program();
}

PROGRAM {
  set_terminate(first);
  CHECK(set_terminate(second) == first);
  CHECK(_get_terminate() == second);
  terminate();
}
