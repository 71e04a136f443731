// A __finally that throws a C++ exception while a structured one is unwound for: the new one goes
// on where the unwinding was.
#include "cxx/object.hpp"

NOINLINE static void structured() {
  __try {
    raise(0xe0000023);
  } __finally {
    step('a');
    throws(5);
  }
}

NOINLINE static void between() {
  Noisy n('n');
  structured();
}

NOINLINE static void catches() {
  try {
    between();
  } catch (int value) {
    CHECK(value == 5);
    step('c');
  }
}

NOINLINE static void outer() {
  __try {
    catches();
    step('d');
  } __except (filter(__exception_code() == 0xe0000023 ? '1' : '!', EXCEPTION_EXECUTE_HANDLER)) {
    step('!');
  }
}

PROGRAM {
  outer();
  TRAIL("1ancd");
}
