/* Data execution prevention: this process's, which also decides which handlers are dispatched to.
 * As Microsoft documents SetProcessDEPPolicy. */
#include "system/kernel32/base.h"

#define ERROR_ACCESS_DENIED 5
#define PROCESS_DEP_ENABLE 0x1
#define PROCESS_DEP_DISABLE_ATL_THUNK_EMULATION 0x2
#define OPT_IN 2
#define ProcessExecuteFlags 34
/* MEM_EXECUTE_OPTION_... */
#define EXECUTE_DISABLE 0x1
#define EXECUTE_ENABLE 0x2
#define DISABLE_THUNK_EMULATION 0x4
#define PERMANENT 0x8

BOOL WINAPI GetProcessDEPPolicy(HANDLE process, DWORD* flags, BOOL* permanent) {
  ULONG execute;
  if (!succeeded(
          NtQueryInformationProcess(process, ProcessExecuteFlags, &execute, sizeof execute, 0))) {
    return FALSE;
  }
  *flags = 0;
  if (execute & EXECUTE_DISABLE) {
    *flags = PROCESS_DEP_ENABLE;
    if (execute & DISABLE_THUNK_EMULATION) *flags |= PROCESS_DEP_DISABLE_ATL_THUNK_EMULATION;
  }
  *permanent = (execute & PERMANENT) != 0;
  return TRUE;
}

/* Once set it stays. */
BOOL WINAPI SetProcessDEPPolicy(DWORD flags) {
  const DWORD known = PROCESS_DEP_ENABLE | PROCESS_DEP_DISABLE_ATL_THUNK_EMULATION;
  ULONG execute = EXECUTE_ENABLE | PERMANENT;
  if (flags & ~known || flags == PROCESS_DEP_DISABLE_ATL_THUNK_EMULATION) {
    return fail(ERROR_INVALID_PARAMETER);
  }
  if (flags & PROCESS_DEP_ENABLE) execute = EXECUTE_DISABLE | PERMANENT;
  if (flags & PROCESS_DEP_DISABLE_ATL_THUNK_EMULATION) execute |= DISABLE_THUNK_EMULATION;
  return succeeded(
      NtSetInformationProcess(GetCurrentProcess(), ProcessExecuteFlags, &execute, sizeof execute));
}

int WINAPI GetSystemDEPPolicy(void) {
  return OPT_IN;
}
