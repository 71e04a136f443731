// Objects die in the reverse order of their construction, function by function ([except.ctor]).
#include "cxx/object.hpp"

NOINLINE static void third() {
  Noisy e('e'), f('f');
  { Noisy gone('x'); }
  Noisy g('g');
  throws(1);
  Noisy never('!');
}
NOINLINE static void second() {
  Noisy c('c');
  {
    Noisy d('d');
    third();
  }
}
NOINLINE static void first() {
  Noisy a('a'), b('b');
  second();
}

PROGRAM {
  try {
    first();
  } catch (int) {
    step('h');
  }
  TRAIL("xgfedcbah");
}
