// A translator that returns leaves the exception as it is: the next frame, here a __try's.
#include <eh.h>

#include "cxx/asynchronous.hpp"
#include "cxx/object.hpp"

static void __cdecl translate(unsigned, _EXCEPTION_POINTERS*) {
  step('t');
}

NOINLINE static void inner() {
  try {
    compiled_with_EHa();
    raise(0xe0000020);
  } catch (int) {
    step('!');
  }
}

NOINLINE static void outer() {
  __try {
    inner();
  } __except (filter(__exception_code() == 0xe0000020 ? 'f' : '!', EXCEPTION_EXECUTE_HANDLER)) {
    step('h');
  }
}

PROGRAM {
  _set_se_translator(translate);
  outer();
  TRAIL("tfh");
}
