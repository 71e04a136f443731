// catch (...) takes what no handler before it took ([except.handle]).
#include "cxx/object.hpp"

template <class T>
NOINLINE static void sorts(T value) {
  try {
    throw value;
  } catch (int) {
    step('i');
  } catch (...) {
    step('.');
  }
}

PROGRAM {
  sorts(1);
  sorts('c');
  sorts(Counted(3));
  CHECK(Counted::alive == 0);
  TRAIL("i..");
}
