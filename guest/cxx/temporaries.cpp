// Temporaries of a full expression that throws are destroyed, those made so far.
#include "cxx/object.hpp"

NOINLINE static int use(const Noisy&, const Noisy&, int value) {
  throws(value);
  return value;
}

PROGRAM {
  try {
    use(Noisy('a'), Noisy('b'), 1);
    step('!');
  } catch (int) {
    step('h');
  }
  /* the order of evaluation of arguments is the compiler's */
  const bool one = trail[0] == 'a' && trail[1] == 'b';
  const bool other = trail[0] == 'b' && trail[1] == 'a';
  CHECK(trail_length == 3 && (one || other) && trail[2] == 'h');
}
