// An exception in a catch block is a nested one: the dispatcher of the first stands between the
// block's record and its function's, so that the function's handler sees EXCEPTION_NESTED_CALL, and
// nobody within the block or further out does. (Wine 8.0 links no such record, and shows no flag.)
#include <eh.h>

#include "cxx/asynchronous.hpp"
#include "cxx/object.hpp"

#define EXCEPTION_NESTED_CALL 0x10

static void __cdecl translate(unsigned, _EXCEPTION_POINTERS* pointers) {
  const EXCEPTION_RECORD* record = reinterpret_cast<EXCEPTION_POINTERS*>(pointers)->ExceptionRecord;
  step(record->ExceptionFlags & EXCEPTION_NESTED_CALL ? 'n' : '-');
}

NOINLINE static void write_low() {
  *(volatile int*)0x28 = 1;
}
/* A call that for all the compiler knows may throw. */
static void (*volatile fault)() = write_low;

NOINLINE static void within() {
  try {
    compiled_with_EHa();
    fault();
  } catch (int) {
    step('!');
  }
}

NOINLINE static void function() {
  try {
    try {
      compiled_with_EHa();
      throws(1);
    } catch (int) {
      step('c');
      within();
    }
  } catch (char) {
    step('!');
  }
}

PROGRAM {
  _set_se_translator(translate);
  try {
    compiled_with_EHa();
    function();
  } catch (...) {
    step('h');
  }
  TRAIL("c--n-h"); /* within, the block, its function, this one */
}
