// What a noexcept function catches itself is its own affair.
#include "cxx/object.hpp"

NOINLINE static int promises() noexcept {
  try {
    throws(4);
  } catch (int value) {
    return value;
  }
  return -1;
}

PROGRAM {
  CHECK(promises() == 4);
}
