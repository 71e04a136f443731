// A private base and an ambiguous one are no handlers' ([except.handle]).
#include "cxx/object.hpp"

struct Base {
  int value = 1;
};
struct Private : private Base {};
struct Left : Base {};
struct Right : Base {};
struct Twice : Left, Right {};

template <class T>
NOINLINE static void sorts() {
  try {
    throws(T());
  } catch (Base&) {
    step('!');
  } catch (T&) {
    step('t');
  }
}

PROGRAM {
  sorts<Private>();
  sorts<Twice>();
  TRAIL("tt");
}
