// A constructor that throws: bases and members that were made are destroyed, the object's own
// destructor does not run ([except.ctor]).
#include "cxx/object.hpp"

struct Base {
  Noisy noisy{'b'};
};
struct Whole : Base {
  Noisy first{'1'}, second{'2'};
  explicit Whole(bool fails) {
    if (fails) throws(1);
  }
  ~Whole() { step('w'); }
};

PROGRAM {
  try {
    Whole whole(true);
    step('!');
  } catch (int) {
    step('h');
  }
  TRAIL("21bh");
  { Whole whole(false); }
  TRAIL("w21b");
}
