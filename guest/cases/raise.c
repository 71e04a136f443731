/* RaiseException inside a __try, taken by its __except; the __finally in between runs while
 * unwinding, and the filter sees what was raised (facts 3.5 and 3.7). */
#include "cases/say.h"

#define CODE 0xe0000001

int failures;
static int finally_ran, filter_ran_first;

__attribute__((noinline)) static void raise_it(void) {
  ULONG_PTR arguments[2] = {0x1234, 0x5678};
  /* Bits other than NONCONTINUABLE do not reach the record. */
  RaiseException(CODE, 0xf0, 2, arguments);
}

__attribute__((noinline)) static void with_finally(void) {
  __try {
    raise_it();
  } __finally {
    finally_ran = AbnormalTermination() ? 1 : -1;
  }
}

static LONG filter(EXCEPTION_POINTERS* pointers) {
  const EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  filter_ran_first = !finally_ran;
  CHECK(record->ExceptionCode == CODE);
  CHECK(record->ExceptionFlags == 0);
  CHECK(record->ExceptionRecord == 0);
  CHECK(record->NumberParameters == 2);
  CHECK(record->ExceptionInformation[0] == 0x1234 && record->ExceptionInformation[1] == 0x5678);
  return EXCEPTION_EXECUTE_HANDLER;
}

void start(void) {
  ULONG before = teb_read(0), inside = 0;
  DWORD code = 0;
  __try {
    with_finally();
  } __except (filter(GetExceptionInformation())) {
    code = GetExceptionCode();
    inside = teb_read(0);
  }
  CHECK(code == CODE);
  CHECK(filter_ran_first);
  CHECK(finally_ran == 1);
  CHECK(inside == before); /* this function's own record, still linked in its handler */
  CHECK_ENDS("raise");
}
