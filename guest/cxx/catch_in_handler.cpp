// Exceptions that a handler throws and catches itself, three deep, each with objects of its own:
// afterwards throw; means the outer exception again.
#include "cxx/object.hpp"

NOINLINE static void body() {
  try {
    throws(1);
  } catch (int first) {
    Noisy a('a');
    try {
      Noisy b('b');
      throws('x');
    } catch (char second) {
      Noisy c('c');
      try {
        Noisy d('d');
        throws(2.5);
      } catch (double third) {
        CHECK(first == 1 && second == 'x' && third == 2.5);
        step('3');
      }
      step('2');
    }
    step('1');
    throw;
  }
}

PROGRAM {
  try {
    body();
  } catch (int again) {
    CHECK(again == 1);
    step('z');
  }
  TRAIL("bd32c1az");
}
