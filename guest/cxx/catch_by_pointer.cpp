// Pointers are caught with their conversions: to a base, to const, to void; not the other way
// ([except.handle]).
#include "cxx/object.hpp"

struct First {
  int a = 1;
};
struct Second {
  int b = 2;
};
struct Both : First, Second {
  int c = 3;
};

template <class Caught, class Thrown>
NOINLINE static bool caught_as(Thrown thrown, void* expected) {
  try {
    throw thrown;
  } catch (Caught pointer) {
    return (const void*)pointer == expected;
  } catch (...) {
  }
  return false;
}

PROGRAM {
  Both both;
  First* first = &both;
  const Both* constant = &both;
  CHECK((caught_as<Both*>(&both, &both)));
  CHECK((caught_as<First*>(&both, first)));
  CHECK((caught_as<Second*>(&both, static_cast<Second*>(&both))));
  CHECK((caught_as<const Second*>(&both, static_cast<Second*>(&both))));
  CHECK((caught_as<void*>(&both, &both)));
  CHECK((caught_as<const void*>(&both, &both)));
  CHECK((!caught_as<Both*>(first, &both)));
  CHECK((!caught_as<Both*>(constant, &both)));
  CHECK((!caught_as<void*>(constant, &both)));
  CHECK((caught_as<const Both*>(constant, &both)));
  CHECK((caught_as<Second*>(static_cast<Both*>(nullptr), nullptr)));
}
