// Thrown in a callback of EnumWindows, caught outside of it.
#include "cxx/object.hpp"

static BOOL WINAPI callback(HANDLE, LONG parameter) {
  Noisy n('n');
  throws((int)parameter);
  return TRUE;
}

PROGRAM {
  try {
    EnumWindows(callback, 66);
    step('!');
  } catch (int value) {
    CHECK(value == 66);
    step('h');
  }
  TRAIL("nh");
}
