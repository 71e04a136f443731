/* RaiseFailFastException asks no handler of the program and ends the process with the code of its
 * record (Microsoft's documentation). */
#include "cases/say.h"

VOID WINAPI RaiseFailFastException(const EXCEPTION_RECORD* record, const void* context,
                                   DWORD flags);

static LONG WINAPI look(EXCEPTION_POINTERS* pointers) {
  (void)pointers;
  say("asked\n");
  return EXCEPTION_CONTINUE_SEARCH;
}

void start(void) {
  EXCEPTION_RECORD record = {0xe0001234, 1, 0, 0, 0, {0}};
  AddVectoredExceptionHandler(TRUE, look);
  SetUnhandledExceptionFilter(look);
  RaiseFailFastException(&record, 0, 1);
  say("came back\n");
  ExitProcess(1);
}
