// A dynamic_cast of a reference that fails throws std::bad_cast, which is a std::exception
// ([expr.dynamic.cast]).
#include <typeinfo>

#include "cxx/object.hpp"

struct Base {
  virtual ~Base() {}
};
struct Derived : Base {
  int value = 1;
};

NOINLINE static int cast(Base& base) {
  return dynamic_cast<Derived&>(base).value;
}

PROGRAM {
  Base base;
  Derived derived;
  CHECK(cast(derived) == 1);
  try {
    cast(base);
  } catch (std::bad_cast& caught) {
    CHECK(caught.what()[0] != 0);
    step('c');
  }
  try {
    cast(base);
  } catch (std::exception& caught) {
    CHECK(caught.what()[0] != 0);
    step('e');
  }
  TRAIL("ce");
}
