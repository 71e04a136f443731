// A function-try-block around a constructor sees exceptions of bases and members, with these
// already destroyed, and throws again by itself at its end; around a function it ends it
// ([except.handle]).
#include "cxx/object.hpp"

struct Member {
  Member() { throws(7); }
};

struct Whole {
  Noisy before{'b'};
  Member member;
  Whole() try : member() { step('!'); } catch (int value) {
    CHECK(value == 7);
    step('c');
  }
};

NOINLINE static int function(int value) try {
  Noisy local('l');
  throws(value);
  return -1;
} catch (int caught) {
  return caught + 1;
}

PROGRAM {
  try {
    Whole whole;
    step('!');
  } catch (int value) {
    CHECK(value == 7);
    step('h');
  }
  TRAIL("bch");
  CHECK(function(4) == 5);
  TRAIL("l");
}
