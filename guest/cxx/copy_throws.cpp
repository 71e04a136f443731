// The copy of a catch by value throws: std::terminate ([except.terminate]).
#include <eh.h>

#include "cxx/object.hpp"

static int copies;

struct Fragile {
  Fragile() = default;
  Fragile(const Fragile&) {
    if (copies++) throws(1);
  }
};

static void __cdecl on_terminate() {
  CHECK(copies == 2);
  end_program();
}

PROGRAM {
  set_terminate(on_terminate);
  try {
    Fragile fragile;
    throw fragile;
  } catch (Fragile caught) {
    (void)caught;
    step('!');
  }
  CHECK(!"came back");
}
