/* The entry point of vcruntime140: threads that end leave nothing behind. */
#include "crt/eh/cxx_eh.h"

BOOL WINAPI VcRuntimeDllMain(HMODULE module, DWORD reason, PVOID reserved) {
  if (reason == DLL_THREAD_DETACH) eh_thread_detach();
  return TRUE;
}
