// __BuildCatchObject makes a catch clause's object of what was thrown; its helper says whether a
// copy constructor remains to be called: 0 no, 1 yes, 2 with a virtual base.
#include <typeinfo>

#include "crt/eh/cxx_eh.h"
#include "cxx/object.hpp"

struct Plain {
  int value;
};
struct Root {
  int root = 1;
  Root() {}
  Root(const Root& from) : root(from.root + 1) {}
};
struct Virtual : virtual Root {
  int value = 5;
  Virtual() {}
  Virtual(const Virtual& from) : Root(from), value(from.value + 1) {}
};

static HandlerType clause;
static void* into;
static int kind;

NOINLINE static LONG make(EXCEPTION_POINTERS* pointers) {
  EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  const CatchableType* conversion =
      throw_info(record)->pCatchableTypeArray->arrayOfCatchableTypes[0];
  clause.pType = conversion->pType;
  clause.adjectives |= HT_ISCOMPLUSEH;
  kind = __BuildCatchObjectHelper(record, into, &clause, conversion);
  __BuildCatchObject(record, into, &clause, conversion);
  return EXCEPTION_EXECUTE_HANDLER;
}

template <class T>
NOINLINE static void into_object(const T& thrown, void* object, DWORD adjectives) {
  into = object;
  clause.adjectives = adjectives;
  __try {
    throws(thrown);
  } __except (make((EXCEPTION_POINTERS*)__exception_info())) {
  }
}

PROGRAM {
  int number = 0;
  into_object(7, &number, 0);
  CHECK(kind == 0);
  CHECK(number == 7);
  Plain plain = {0};
  into_object(Plain{8}, &plain, 0);
  CHECK(kind == 0);
  CHECK(plain.value == 8);
  int* reference = nullptr;
  into_object(9, &reference, HT_ISREFERENCE);
  CHECK(kind == 0);
  CHECK(reference != nullptr);
  alignas(Counted) static char counted[sizeof(Counted)];
  into_object(Counted(10), counted, 0);
  CHECK(kind == 1);
  CHECK(reinterpret_cast<Counted*>(counted)->value == 10);
  alignas(Virtual) static char whole[sizeof(Virtual)];
  into_object(Virtual(), whole, 0);
  CHECK(kind == 2);
  const Virtual* made = reinterpret_cast<Virtual*>(whole);
  CHECK(made->value > 5); /* copied once or, into the exception object, twice */
  CHECK(made->root > 1);  /* and with it the base that it shares */
}
