/* The entry point of a DLL that is linked to a C runtime: its initializers before DllMain, what it
 * registered with atexit when it goes. */
#include "init_arrays.h"

void __security_init_cookie(void); /* eh/static */

static BOOL attach(void) {
  __security_init_cookie();
  if (_initterm_e(__xi_a, __xi_z) != 0) return FALSE;
  _initterm(__xc_a, __xc_z);
  return TRUE;
}

BOOL WINAPI _DllMainCRTStartup(HMODULE module, DWORD reason, PVOID reserved) {
  if (reason == DLL_PROCESS_ATTACH && !attach()) return FALSE;
  BOOL done = DllMain(module, reason, reserved);
  if (reason == DLL_PROCESS_DETACH || (reason == DLL_PROCESS_ATTACH && !done)) {
    crt_run_module_exit_routines();
  }
  return done;
}
