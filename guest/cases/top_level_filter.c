/* SetUnhandledExceptionFilter: its filter decides for the base frame; 1 ends the process with the
 * exception's code and without a report of its own (facts 3.9). */
#include "cases/say.h"

static LONG WINAPI decide(EXCEPTION_POINTERS* pointers) {
  say_number("filter asked about", pointers->ExceptionRecord->ExceptionCode);
  return EXCEPTION_EXECUTE_HANDLER;
}

void start(void) {
  if (SetUnhandledExceptionFilter(decide) != 0) say("there was a filter before\n");
  if (SetUnhandledExceptionFilter(decide) != decide) say("the filter was not kept\n");
  RaiseException(0xe0000003, 0, 0, 0);
  ExitProcess(0);
}
