// Try blocks one after the other, in a loop: each has states of its own.
#include "cxx/object.hpp"

NOINLINE static void round(int i) {
  try {
    Noisy a('a');
    if (i & 1) throws(i);
  } catch (int) {
    step('1');
  }
  try {
    Noisy b('b');
    if (i & 2) throws(i);
  } catch (int) {
    step('2');
  }
}

PROGRAM {
  for (int i = 0; i < 4; ++i) round(i);
  TRAIL("aba1bab2a1b2");
}
