// A C++ exception passes functions with __try: filters see code E06D7363 with its three parameters,
// __finally blocks run.
#include "cxx/object.hpp"

NOINLINE static LONG look(const EXCEPTION_RECORD* record) {
  step('f');
  CHECK(record->ExceptionCode == 0xe06d7363);
  CHECK(record->ExceptionFlags & EXCEPTION_NONCONTINUABLE);
  CHECK(record->NumberParameters == 3);
  CHECK(record->ExceptionInformation[0] == 0x19930520);
  CHECK(*(int*)record->ExceptionInformation[1] == 1234);
  return EXCEPTION_CONTINUE_SEARCH;
}

NOINLINE static void structured() {
  __try {
    __try {
      throws(1234);
    } __finally {
      step('a');
    }
  } __except (look(((EXCEPTION_POINTERS*)__exception_info())->ExceptionRecord)) {
    step('!');
  }
}

NOINLINE static void around() {
  Noisy n('n');
  structured();
}

PROGRAM {
  try {
    around();
  } catch (int value) {
    CHECK(value == 1234);
    step('h');
  }
  TRAIL("fanh");
}
