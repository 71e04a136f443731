// The translator is called once for each function with a try block on the way (Microsoft); what
// it throws is forgotten where that function does not catch it.
#include <eh.h>

#include "cxx/asynchronous.hpp"
#include "cxx/object.hpp"

static int objects;
struct Translated {
  char letter;
  explicit Translated(char is) : letter(is) { ++objects; }
  Translated(const Translated& from) : letter(from.letter) { ++objects; }
  ~Translated() { --objects; }
};

static int calls;
static void __cdecl translate(unsigned, _EXCEPTION_POINTERS*) {
  step((char)('1' + calls++));
  throw Translated('x');
}

NOINLINE static void write_low() {
  *(volatile int*)0x28 = 1;
}
/* A call that for all the compiler knows may throw. */
static void (*volatile fault)() = write_low;
NOINLINE static void inner() {
  try {
    compiled_with_EHa();
    Noisy n('i');
    fault();
  } catch (int) {
    step('!');
  }
}
NOINLINE static void middle() {
  try {
    compiled_with_EHa();
    Noisy n('m');
    inner();
  } catch (char) {
    step('!');
  }
}

PROGRAM {
  _set_se_translator(translate);
  try {
    compiled_with_EHa();
    middle();
  } catch (Translated& caught) {
    CHECK(caught.letter == 'x');
    step('h');
  }
  CHECK(objects == 0);
  TRAIL("123imh");
}
