/* A filter that continues: RaiseException returns to its caller, registers and stack intact; a
 * continued NONCONTINUABLE one brings STATUS_NONCONTINUABLE_EXCEPTION, chained to the first
 * (facts 3.2 E5 and 3.5; Wine 8.0 raises it without the chain). */
#include "cases/say.h"

#define CODE 0xe0000002
#define STATUS_NONCONTINUABLE_EXCEPTION 0xc0000025

int failures;
static int continued, chained;

static LONG filter(EXCEPTION_POINTERS* pointers) {
  const EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  if (record->ExceptionCode == CODE) {
    ++continued;
    return EXCEPTION_CONTINUE_EXECUTION;
  }
  CHECK(record->ExceptionCode == STATUS_NONCONTINUABLE_EXCEPTION);
  CHECK(record->ExceptionFlags & EXCEPTION_NONCONTINUABLE);
  chained = record->ExceptionRecord && record->ExceptionRecord->ExceptionCode == CODE;
  return EXCEPTION_EXECUTE_HANDLER;
}

void start(void) {
  int came_back = 0;
  DWORD code = 0;
  __try {
    RaiseException(CODE, 0, 0, 0);
    came_back = 1;
    RaiseException(CODE, EXCEPTION_NONCONTINUABLE, 0, 0);
    came_back = 2;
  } __except (filter(GetExceptionInformation())) {
    code = GetExceptionCode();
  }
  CHECK(continued == 2);
  CHECK(came_back == 1);
  CHECK(chained);
  CHECK(code == STATUS_NONCONTINUABLE_EXCEPTION);
  CHECK_ENDS("continue_after_raise");
}
