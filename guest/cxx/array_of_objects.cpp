// The nth element's constructor throws: those before it are destroyed, last first ([except.ctor]).
#include "cxx/object.hpp"

struct Element {
  static int made;
  int number;
  Element() : number(made++) {
    if (number == 3) throws(number);
  }
  ~Element() { step((char)('0' + number)); }
};
int Element::made;

PROGRAM {
  try {
    Element elements[6];
    step('!');
  } catch (int number) {
    CHECK(number == 3);
    step('h');
  }
  TRAIL("210h");
}
