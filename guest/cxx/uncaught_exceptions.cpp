// How many exceptions are being unwound for, in destructors ([uncaught.exceptions]).
#include <eh.h>

#include "cxx/object.hpp"

static int counts[4], used;

struct Asks {
  ~Asks() { counts[used++] = __uncaught_exceptions(); }
};
struct Nests {
  ~Nests() {
    try {
      Asks asks;
      throws(2);
    } catch (int) {
      counts[used++] = __uncaught_exceptions();
    }
  }
};

PROGRAM {
  { Asks asks; }
  CHECK(counts[0] == 0);
  used = 0;
  try {
    Asks asks;
    Nests nests;
    throws(1);
  } catch (int) {
    CHECK(__uncaught_exceptions() == 0);
    CHECK(!__uncaught_exception());
  }
  CHECK(used == 3);
  CHECK(counts[0] == 2 && counts[1] == 1 && counts[2] == 1);
}
