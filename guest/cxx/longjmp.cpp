// longjmp over functions compiled for C++ exceptions alone does not destroy their objects; the
// frame that is jumped to and its handlers are right afterwards.
#include <setjmp.h>

#include "cxx/object.hpp"

static jmp_buf buffer;

NOINLINE static void jumps() {
  Noisy never('!');
  longjmp(buffer, 4);
}

NOINLINE static void body() {
  if (const int value = setjmp(buffer)) {
    CHECK(value == 4);
    step('j');
  } else {
    jumps();
  }
  try {
    Noisy n('n');
    throws(1);
  } catch (int) {
    step('h');
  }
}

PROGRAM {
  body();
  TRAIL("jnh");
}
