// _is_exception_typeof in a filter: the thrown type or a base of it (Microsoft).
#include <typeinfo>

#include "cxx/object.hpp"

struct Base {};
struct Derived : Base {};
struct Other {};

NOINLINE static LONG look(_EXCEPTION_POINTERS* pointers) {
  CHECK(_is_exception_typeof(typeid(Derived), pointers));
  CHECK(_is_exception_typeof(typeid(Base), pointers));
  CHECK(!_is_exception_typeof(typeid(Other), pointers));
  return filter('f', EXCEPTION_EXECUTE_HANDLER);
}

NOINLINE static void structured() {
  __try {
    throws(Derived());
  } __except (look((_EXCEPTION_POINTERS*)__exception_info())) {
    step('h');
  }
}

PROGRAM {
  structured();
  TRAIL("fh");
}
