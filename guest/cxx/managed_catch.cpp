// Catching by __except with the runtime's filter, as managed C++ does: the filter is a catch
// clause, Register and Unregister stand around the handler.
#include <eh.h>

#include <typeinfo>

#include "cxx/object.hpp"

extern "C" {
int __cdecl __CxxExceptionFilter(void* pointers, const type_info* type, int adjectives,
                                 void* object);
int __cdecl __CxxRegisterExceptionObject(void* pointers, void* storage);
void __cdecl __CxxUnregisterExceptionObject(void* storage, int thrown_again);
int __cdecl __CxxDetectRethrow(void* pointers);
int __cdecl __CxxQueryExceptionSize();
}

static Counted* caught;
static char storage[64];

NOINLINE static LONG look(void* pointers) {
  CHECK(__CxxExceptionFilter(pointers, &typeid(int), 0, nullptr) == EXCEPTION_CONTINUE_SEARCH);
  CHECK(__CxxDetectRethrow(pointers) == 0);
  const LONG decision = __CxxExceptionFilter(pointers, &typeid(Counted), 8, &caught);
  CHECK(decision == EXCEPTION_EXECUTE_HANDLER);
  __CxxRegisterExceptionObject(pointers, storage);
  return decision;
}

NOINLINE static void handler() {
  CHECK(caught->value == 12);
  CHECK(*__current_exception() != nullptr);
  __CxxUnregisterExceptionObject(storage, 0);
}

NOINLINE static void structured() {
  __try {
    throws(Counted(12));
  } __except (look(__exception_info())) {
    handler();
  }
}

PROGRAM {
  CHECK(__CxxQueryExceptionSize() <= (int)sizeof storage);
  structured();
  CHECK(*__current_exception() == nullptr);
  CHECK(Counted::alive == 0);
}
