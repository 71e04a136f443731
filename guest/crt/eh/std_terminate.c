/* vcruntime140's names around termination, and unexpected(). */
#include "crt/eh/cxx_eh.h"

/* What newer compilers call where an exception would leave a noexcept function. */
NORETURN void __cdecl __std_terminate(void) {
  crt_terminate();
}

HANDLER_FUNCTION __cdecl set_unexpected(HANDLER_FUNCTION handler)
    CRT_NAME("_set_unexpected", "?set_unexpected@@YAP6AXXZP6AXXZ@Z");
HANDLER_FUNCTION __cdecl set_unexpected(HANDLER_FUNCTION handler) {
  EH_THREAD* thread = eh_thread();
  HANDLER_FUNCTION before = thread->unexpected;
  thread->unexpected = handler;
  return before;
}

HANDLER_FUNCTION __cdecl _get_unexpected(void) {
  return eh_thread()->unexpected;
}

/* The handler may throw; when there is none, or it returns, the program ends. */
NORETURN void __cdecl crt_unexpected(void) {
  HANDLER_FUNCTION handler = eh_thread()->unexpected;
  if (handler) handler();
  crt_terminate();
}
