// Compiled for C++ exceptions alone (/EHs), catch (...) does not take a structured exception, and
// objects are not destroyed when one is unwound for (Microsoft: "/EH (exception handling model)").
#include "cxx/object.hpp"

NOINLINE static void inner() {
  Noisy never('!');
  try {
    raise(0xe0000022);
  } catch (...) {
    step('!');
  }
}

NOINLINE static void outer() {
  __try {
    inner();
  } __except (filter('f', EXCEPTION_EXECUTE_HANDLER)) {
    step('h');
  }
}

PROGRAM {
  outer();
  TRAIL("fh");
}
