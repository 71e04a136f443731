// dynamic_cast from a virtual base, within the whole and while it is being made, when its class is
// not yet the whole's (which needs the displacement that /vd2 asks for; Microsoft: "/vd").
#include <typeinfo>

#include "cxx/object.hpp"

#pragma vtordisp(2)

struct Root {
  virtual ~Root() {}
  int root = 0;
};
static Root* seen;

struct Left : virtual Root {
  int left = 1;
  Left();
};
struct Right : virtual Root {
  int right = 2;
};
struct Bottom : Left, Right {
  int bottom = 3;
};

Left::Left() {
  seen = this;
  CHECK(dynamic_cast<Left*>(seen) == this);
  CHECK(dynamic_cast<Bottom*>(seen) == nullptr);
}

PROGRAM {
  Bottom bottom;
  Root* volatile root = &bottom;
  CHECK(dynamic_cast<Bottom*>(root) == &bottom);
  CHECK(dynamic_cast<Left*>(root) == static_cast<Left*>(&bottom));
  CHECK(dynamic_cast<Right*>(root) == static_cast<Right*>(&bottom));
  CHECK(dynamic_cast<void*>(root) == &bottom);
  Root& whole = *root;
  CHECK(typeid(whole) == typeid(Bottom));
}
