// A second exception out of a handler: the first one's object is destroyed, the second goes
// outwards from where the handler's try block stands ([except.throw]).
#include "cxx/object.hpp"

struct Other {
  int value;
};

NOINLINE static void replaces() {
  Noisy n('n');
  try {
    throws(Counted(1));
  } catch (Counted&) {
    Noisy h('h');
    throws(Other{2});
  } catch (Other&) {
    step('!'); /* a handler of the same try block */
  }
}

PROGRAM {
  try {
    replaces();
  } catch (Counted&) {
    step('!');
  } catch (Other& other) {
    CHECK(other.value == 2);
    CHECK(Counted::alive == 0);
    step('a');
  }
  TRAIL("hna");
}
