/* The DllMain of a DLL that has none. */
#include "init_arrays.h"

BOOL WINAPI DllMain(HMODULE module, DWORD reason, PVOID reserved) {
  return TRUE;
}
