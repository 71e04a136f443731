/* kernel32's own start: tells ntdll who decides about unhandled exceptions. */
#include "system/kernel32/base.h"

BOOL WINAPI BaseDllInitialize(PVOID module, DWORD reason, PVOID reserved) {
  if (reason != DLL_PROCESS_ATTACH) return TRUE;
  RtlSetUnhandledExceptionFilter(UnhandledExceptionFilter);
  BasepMakeCommandLine();
  return TRUE;
}
