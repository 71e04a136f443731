// Three hundred frames with an object each, unwound by one throw.
#include "cxx/object.hpp"

static int wrong, next = 300;

struct Level {
  int depth;
  explicit Level(int is) : depth(is) {}
  ~Level() {
    if (depth != next--) ++wrong;
  }
};

NOINLINE static void descend(int depth) {
  Level level(depth);
  if (depth == 300) throw depth;
  descend(depth + 1);
}

PROGRAM {
  try {
    descend(0);
  } catch (int depth) {
    CHECK(depth == 300);
  }
  CHECK(next == -1 && wrong == 0);
}
