// Compiled with /EHa, catch (...) takes the processor's exceptions as well, and throw; throws them
// again (Microsoft: "/EH (exception handling model)").
#include "cxx/asynchronous.hpp"
#include "cxx/object.hpp"

NOINLINE static void write_low() {
  *(volatile int*)0x2c = 1;
}
/* A call that for all the compiler knows may throw. */
static void (*volatile fault)() = write_low;

NOINLINE static void inner() {
  try {
    compiled_with_EHa();
    Noisy n('n');
    fault();
  } catch (int) {
    step('!');
  } catch (...) {
    step('1');
    throw;
  }
}

NOINLINE static void middle() {
  try {
    compiled_with_EHa();
    inner();
  } catch (...) {
    step('2');
    throw;
  }
}

NOINLINE static void outer() {
  __try {
    middle();
  } __except (step('f'), EXCEPTION_EXECUTE_HANDLER) {
    step('h');
  }
}

PROGRAM {
  outer();
  TRAIL("n12fh");
}
