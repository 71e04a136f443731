// throw; throws the same object again, out of nested functions too; it dies after its last handler
// ([except.throw]).
#include "cxx/object.hpp"

static const void* object;

NOINLINE static void again() {
  throw;
}

NOINLINE static void inner() {
  try {
    throws(Counted(1));
  } catch (Counted& caught) {
    object = &caught;
    step('a');
    again();
  }
}

NOINLINE static void middle() {
  Noisy noisy('n');
  try {
    inner();
  } catch (char) {
    step('!');
  } catch (...) {
    step('b');
    throw;
  }
}

PROGRAM {
  try {
    middle();
  } catch (Counted& caught) {
    CHECK(&caught == object);
    CHECK(Counted::alive == 1);
    step('c');
  }
  CHECK(Counted::alive == 0);
  TRAIL("abnc");
}
