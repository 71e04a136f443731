// A constructor that throws in a new-expression: the memory goes back, by operator delete
// ([expr.new]).
#include <stddef.h>

#include "cxx/object.hpp"

static char memory[64];
static int allocated;

struct Fails {
  Noisy member{'m'};
  explicit Fails(int value) { throws(value); }
  static void* operator new(size_t) {
    ++allocated;
    return memory;
  }
  static void operator delete(void* block) {
    CHECK(block == memory);
    --allocated;
    step('d');
  }
};

PROGRAM {
  try {
    new Fails(8);
    step('!');
  } catch (int value) {
    CHECK(value == 8);
    step('h');
  }
  CHECK(allocated == 0);
  TRAIL("mdh");
}
