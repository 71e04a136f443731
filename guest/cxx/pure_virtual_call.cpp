// A pure virtual function that is called: the handler of _set_purecall_handler.
#include "cxx/object.hpp"

extern "C" {
typedef void(__cdecl* PurecallHandler)();
PurecallHandler __cdecl _set_purecall_handler(PurecallHandler handler);
}

static void __cdecl on_call() {
  step('p');
  TRAIL("p");
  end_program();
}

struct Abstract {
  Abstract() { call(this); }
  NOINLINE static void call(Abstract* object) { object->function(); }
  virtual void function() = 0;
};
struct Concrete : Abstract {
  void function() override { step('!'); }
};

PROGRAM {
  _set_purecall_handler(on_call);
  Concrete concrete;
  CHECK(!"came back");
}
