// Try blocks within try blocks: the innermost handler that fits, and the objects between.
#include "cxx/object.hpp"

NOINLINE static void nest(int which) {
  Noisy a('a');
  try {
    Noisy b('b');
    try {
      Noisy c('c');
      try {
        Noisy d('d');
        if (which == 1) throws(1);
        if (which == 2) throws('c');
        if (which == 3) throws(3.0);
        step('n');
      } catch (int) {
        step('1');
      }
      step('x');
    } catch (char) {
      step('2');
    }
    step('y');
  } catch (double) {
    step('3');
  }
  step('z');
}

PROGRAM {
  nest(0);
  TRAIL("ndxcybza");
  nest(1);
  TRAIL("d1xcybza");
  nest(2);
  TRAIL("dc2ybza");
  nest(3);
  TRAIL("dcb3za");
}
