// Compiled for asynchronous exceptions (/EHa), objects are destroyed when a structured exception is
// unwound for (Microsoft: "/EH (exception handling model)").
#include "cxx/asynchronous.hpp"
#include "cxx/object.hpp"

NOINLINE static void inner() {
  Noisy n('n');
  compiled_with_EHa();
  raise(0xe0000021);
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
  TRAIL("fnh");
}
