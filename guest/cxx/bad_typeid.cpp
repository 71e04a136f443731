// typeid of a null pointer's object throws std::bad_typeid ([expr.typeid]); an object without a
// readable vftable throws __non_rtti_object (Microsoft: "typeid operator").
#include <typeinfo>

#include "cxx/object.hpp"

struct Base {
  virtual ~Base() {}
};

NOINLINE static const char* name_of(Base* base) {
  return typeid(*base).name();
}

PROGRAM {
  Base base;
  CHECK(name_of(&base)[0] == 's');
  try {
    name_of(nullptr);
    step('!');
  } catch (std::bad_typeid&) {
    step('n');
  }
  void* nonsense[2] = {(void*)0x10, nullptr};
  try {
    name_of((Base*)nonsense);
    step('!');
  } catch (std::__non_rtti_object&) {
    step('r');
  }
  TRAIL("nr");
}
