/* A cookie was overwritten: nothing of the stack can be trusted, so no handler is asked. From
 * Windows 8 on the processor's fast fail says so; before it, the runtime shows the top-level filter
 * a record of its own and ends the process. */
#include "system/win32.h"

#define STATUS_STACK_BUFFER_OVERRUN 0xc0000409u
#define FAST_FAIL_STACK_COOKIE_CHECK_FAILURE 2
#define CONTEXT_DWORDS (0x2cc / 4)

VOID WINAPI RtlCaptureContext(PVOID context);

static BOOL fast_fail_available(void) {
  const PEB* peb = current_peb();
  return peb->OSMajorVersion > 6 || (peb->OSMajorVersion == 6 && peb->OSMinorVersion >= 2);
}

NORETURN void __cdecl __report_gsfailure(ULONG_PTR cookie) {
  if (fast_fail_available())
    __asm__ volatile("int $0x29" : : "c"(FAST_FAIL_STACK_COOKIE_CHECK_FAILURE));
  DWORD context[CONTEXT_DWORDS];
  RtlCaptureContext(context);
  EXCEPTION_RECORD record = {STATUS_STACK_BUFFER_OVERRUN,
                             EXCEPTION_NONCONTINUABLE,
                             0,
                             __builtin_return_address(0),
                             1,
                             {FAST_FAIL_STACK_COOKIE_CHECK_FAILURE}};
  EXCEPTION_POINTERS pointers = {&record, context};
  SetUnhandledExceptionFilter(0);
  UnhandledExceptionFilter(&pointers);
  TerminateProcess(GetCurrentProcess(), STATUS_STACK_BUFFER_OVERRUN);
  __builtin_unreachable();
}
