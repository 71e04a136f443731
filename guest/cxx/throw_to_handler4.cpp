// SOURCES: ../seh/eh4_frame.S
// _except_handler4 takes a C++ exception: it destroys the object, and unwinds with the exception's
// own record, so that frames compiled for C++ exceptions alone are unwound too.
#include "cxx/object.hpp"
#include "seh/eh4_frame.h"

static void __cdecl around() {
  Noisy n('n');
  throws(Counted(3));
}
static LONG __cdecl take(EXCEPTION_POINTERS* pointers) {
  CHECK(Counted::alive >= 1); /* at -O0 the thrown temporary as well */
  return filter(pointers->ExceptionRecord->ExceptionCode == 0xe06d7363 ? 'f' : '!',
                EXCEPTION_EXECUTE_HANDLER);
}
static void __cdecl cleans() {
  step('c');
}

PROGRAM {
  CHECK(eh4_frame(around, take, cleans, 0) == 1);
  CHECK(Counted::alive == 0);
  TRAIL("fnc");
}
