/* GetExceptionInformation within the filter: the record as raised, and the context after the call.
 */
#include "cases/steps.h"

static EXCEPTION_RECORD seen;
static DWORD context_flags, eip, esp;

NOINLINE static LONG look(const EXCEPTION_POINTERS* pointers) {
  const DWORD* context = pointers->ContextRecord;
  seen = *pointers->ExceptionRecord;
  context_flags = context[0];
  eip = context[0xb8 / 4];
  esp = context[0xc4 / 4];
  return EXCEPTION_EXECUTE_HANDLER;
}

PROGRAM {
  ULONG_PTR arguments[20];
  for (unsigned i = 0; i < 20; ++i) arguments[i] = i * i;
  __try {
    RaiseException(0x02345678, EXCEPTION_NONCONTINUABLE, 20, arguments);
  } __except (look(GetExceptionInformation())) {
    CHECK(GetExceptionCode() == 0x02345678);
  }
  CHECK(seen.ExceptionCode == 0x02345678);
  CHECK((seen.ExceptionFlags & ~0x80u) == EXCEPTION_NONCONTINUABLE);
  CHECK(seen.ExceptionRecord == 0);
  CHECK(seen.NumberParameters == EXCEPTION_MAXIMUM_PARAMETERS);
  CHECK(seen.ExceptionInformation[14] == 14 * 14);
  CHECK((context_flags & 0x10007) == 0x10007);
  CHECK(esp > teb_read(TEB_STACK_LIMIT) && esp < (DWORD)&arguments);
  CHECK(eip != 0);
}
