// __except takes a C++ exception like any other. With _except_handler3 frames that were compiled
// for C++ exceptions alone are not unwound then: it shows them STATUS_UNWIND (facts 3.7).
#include "cxx/object.hpp"

NOINLINE static void around() {
  Noisy never('!');
  throws(1);
}

NOINLINE static void structured() {
  __try {
    around();
  } __except (filter(__exception_code() == 0xe06d7363 ? 'f' : '!', EXCEPTION_EXECUTE_HANDLER)) {
    step('h');
  }
}

PROGRAM {
  structured();
  TRAIL("fh");
  try {
    throws(2);
  } catch (int) {
    step('c');
  }
  TRAIL("c");
}
