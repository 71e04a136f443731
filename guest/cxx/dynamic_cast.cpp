// dynamic_cast down, across and to nothing ([expr.dynamic.cast]).
#include <typeinfo>

#include "cxx/object.hpp"

struct Left {
  virtual ~Left() {}
  int left = 1;
};
struct Right {
  virtual ~Right() {}
  int right = 2;
};
struct Both : Left, Right {
  int both = 3;
};
struct Hidden : Left, private Right {};
struct Twice1 : Left {};
struct Twice2 : Left {};
struct Twice : Twice1, Twice2, Right {};

PROGRAM {
  Both both;
  Left* volatile left = &both;
  Right* volatile right = &both;
  CHECK(dynamic_cast<Both*>(left) == &both);
  CHECK(dynamic_cast<Both*>(right) == &both);
  CHECK(dynamic_cast<Right*>(left) == static_cast<Right*>(&both));
  CHECK(dynamic_cast<void*>(right) == &both);
  Left plain;
  left = &plain;
  CHECK(dynamic_cast<Both*>(left) == nullptr);
  CHECK(dynamic_cast<Right*>(left) == nullptr);
  Hidden hidden;
  left = &hidden;
  CHECK(dynamic_cast<Right*>(left) == nullptr);
  CHECK(dynamic_cast<Hidden*>(left) == &hidden);
  Twice twice;
  right = &twice;
  CHECK(dynamic_cast<Left*>(right) == nullptr);
  CHECK(dynamic_cast<Twice1*>(right) == static_cast<Twice1*>(&twice));
  left = static_cast<Twice2*>(&twice);
  CHECK(dynamic_cast<Twice2*>(left) == static_cast<Twice2*>(&twice));
  CHECK(dynamic_cast<Twice1*>(left) == static_cast<Twice1*>(&twice));
  left = nullptr;
  CHECK(dynamic_cast<Both*>(left) == nullptr);
}
