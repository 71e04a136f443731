/* Raising exceptions, and deciding about those that nobody handled. */
#include "system/kernel32/base.h"

#define DBG_PRINTEXCEPTION_C 0x40010006

/* facts/seh-x86.md 3.5. RtlRaiseException fills in the address, which lies in here. */
VOID WINAPI RaiseException(DWORD code, DWORD flags, DWORD count, const ULONG_PTR *arguments) {
  EXCEPTION_RECORD record = {code, flags & EXCEPTION_NONCONTINUABLE, 0, 0, 0, {0}};
  if (arguments) {
    record.NumberParameters =
        count < EXCEPTION_MAXIMUM_PARAMETERS ? count : EXCEPTION_MAXIMUM_PARAMETERS;
    for (DWORD i = 0; i < record.NumberParameters; ++i) {
      record.ExceptionInformation[i] = arguments[i];
    }
  }
  RtlRaiseException(&record);
}

TOP_LEVEL_FILTER WINAPI SetUnhandledExceptionFilter(TOP_LEVEL_FILTER filter) {
  RTLP_EXCEPTION_STATE *state = RtlpGetExceptionState();
  return __sync_lock_test_and_set(&state->TopLevelFilter, filter);
}

/* The filter of each thread's base frame (facts/seh-x86.md 3.9). */
LONG WINAPI UnhandledExceptionFilter(EXCEPTION_POINTERS *pointers) {
  RTLP_EXCEPTION_STATE *state = RtlpGetExceptionState();
  if (IsDebuggerPresent()) return EXCEPTION_CONTINUE_SEARCH;
  TOP_LEVEL_FILTER filter = state->TopLevelFilter;
  if (filter) {
    LONG decision = filter(pointers);
    if (decision != EXCEPTION_CONTINUE_SEARCH) return decision;
  }
  /* Windows' error box, which SEM_NOGPFAULTERRORBOX would suppress, is the lab's crash report:
   * it is written in any case. */
  LabReportUnhandled(pointers);
  return EXCEPTION_EXECUTE_HANDLER;
}

UINT WINAPI GetErrorMode(void) { return RtlpGetExceptionState()->ErrorMode; }

UINT WINAPI SetErrorMode(UINT mode) {
  return __sync_lock_test_and_set(&RtlpGetExceptionState()->ErrorMode, mode);
}

/* Without a debugger the text goes nowhere; vectored handlers see the exception all the same. */
VOID WINAPI OutputDebugStringA(const char *text) {
  ULONG_PTR arguments[2] = {(ULONG_PTR)lstrlenA(text) + 1, (ULONG_PTR)text};
  __try {
    RaiseException(DBG_PRINTEXCEPTION_C, 0, 2, arguments);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
  }
}
