// An exception that leaves a destructor which another exception runs: std::terminate
// ([except.terminate]).
#include <eh.h>

#include "cxx/object.hpp"

static void __cdecl on_terminate() {
  TRAIL("ab");
  end_program();
}

struct Bad {
  ~Bad() noexcept(false) {
    step('b');
    throws(2);
  }
};

PROGRAM {
  set_terminate(on_terminate);
  try {
    Noisy never('!');
    Bad bad;
    Noisy a('a');
    throws(1);
  } catch (int) {
    step('!');
  }
  CHECK(!"came back");
}
