/* Linked into every program: what its start code installs. */
#include "crt/eh/cxx_eh.h"

/* The top-level filter that a C++ program's start code installs: a C++ exception that nobody
 * catches is terminate()'s, any other the system's. */
LONG WINAPI __CxxUnhandledExceptionFilter(EXCEPTION_POINTERS* pointers) {
  if (is_cxx_exception(pointers->ExceptionRecord)) crt_terminate();
  return EXCEPTION_CONTINUE_SEARCH;
}

int __cdecl __CxxSetUnhandledExceptionFilter(void) {
  SetUnhandledExceptionFilter(__CxxUnhandledExceptionFilter);
  return 0;
}
