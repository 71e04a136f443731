/* Vectored handlers (facts 3.2 A and B): order, removal while one runs, handles, continue handlers,
 * and what a handler before the frames changes. */
#include "cases/say.h"

#define STATUS_FIRST 0xe0000011
#define STATUS_SECOND 0xe0000012

static PVOID own;

static LONG WINAPI last(EXCEPTION_POINTERS* pointers) {
  say_number("last asked about", pointers->ExceptionRecord->ExceptionCode);
  return pointers->ExceptionRecord->ExceptionCode == STATUS_FIRST ? -1 : 0;
}

static LONG WINAPI once(EXCEPTION_POINTERS* pointers) {
  say_number("once asked about", pointers->ExceptionRecord->ExceptionCode);
  if (RemoveVectoredExceptionHandler(own) == 0) say("could not remove itself\n");
  return 0;
}

static LONG WINAPI going_on(EXCEPTION_POINTERS* pointers) {
  say_number("going on from", pointers->ExceptionRecord->ExceptionCode);
  return 0;
}

void start(void) {
  PVOID handle = AddVectoredExceptionHandler(0, last);
  own = AddVectoredExceptionHandler(1, once);
  PVOID told = AddVectoredContinueHandler(1, going_on);
  RaiseException(STATUS_FIRST, 0, 0, 0);
  RaiseException(STATUS_FIRST, 0, 0, 0);
  if (RemoveVectoredContinueHandler(handle) != 0) say("removed from the wrong list\n");
  if (RemoveVectoredExceptionHandler(own) != 0) say("removed twice\n");
  if (RemoveVectoredContinueHandler(told) == 0) say("not removed\n");
  __try {
    RaiseException(STATUS_SECOND, 0, 0, 0);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    say_number("frame took", GetExceptionCode());
  }
  if (RemoveVectoredExceptionHandler(handle) == 0) say("not removed\n");
  __try {
    RaiseException(STATUS_FIRST, 0, 0, 0);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    say_number("frame took", GetExceptionCode());
  }
  ExitProcess(0);
}
