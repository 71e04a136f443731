// _set_se_translator makes C++ exceptions of the processor's: the translator gets code and
// pointers, throws, and the frame's handlers see that (Microsoft: "_set_se_translator").
#include <eh.h>

#include "cxx/asynchronous.hpp"
#include "cxx/object.hpp"

struct Structured {
  unsigned code;
  ULONG_PTR address;
};

static void __cdecl translate(unsigned code, _EXCEPTION_POINTERS* pointers) {
  const EXCEPTION_RECORD* record = reinterpret_cast<EXCEPTION_POINTERS*>(pointers)->ExceptionRecord;
  step('t');
  CHECK(record->ExceptionCode == code);
  throw Structured{code, record->ExceptionInformation[1]};
}

NOINLINE static void write_low() {
  *(volatile int*)0x24 = 1;
}
/* A call that for all the compiler knows may throw. */
static void (*volatile fault)() = write_low;

PROGRAM {
  CHECK(_set_se_translator(translate) == nullptr);
  try {
    compiled_with_EHa();
    Noisy n('n');
    fault();
  } catch (const Structured& caught) {
    CHECK(caught.code == 0xc0000005 && caught.address == 0x24);
    step('h');
  }
  TRAIL("tnh");
  CHECK(_set_se_translator(nullptr) == translate);
}
