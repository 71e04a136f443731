// The runtime's current exception is that of the innermost handler that runs, and is put back as
// handlers end, by whatever way.
#include <eh.h>

#include "cxx/object.hpp"

static EXCEPTION_RECORD* current() {
  return static_cast<EXCEPTION_RECORD*>(*__current_exception());
}
static int value_of(EXCEPTION_RECORD* record) {
  return *(int*)record->ExceptionInformation[1];
}

PROGRAM {
  CHECK(current() == nullptr);
  try {
    throws(1);
  } catch (int) {
    CHECK(value_of(current()) == 1);
    try {
      try {
        throws(2);
      } catch (int) {
        CHECK(value_of(current()) == 2);
        throws(3);
      }
    } catch (int) {
      CHECK(value_of(current()) == 3);
    }
    CHECK(value_of(current()) == 1);
    CHECK(*__current_exception_context() != nullptr);
  }
  CHECK(current() == nullptr);
}
