/* DLLs whose DllMain never gets through: load_dies.dll writes to address 0x18, load_spins.dll
 * (SPINS) goes on for ever. */
#include "system/win32.h"

__declspec(dllexport) int Nothing(void) {
  return 0;
}

BOOL WINAPI DllMain(HMODULE module, DWORD reason, PVOID reserved) {
  (void)module, (void)reason, (void)reserved;
#ifdef SPINS
  for (;;) __asm__ volatile("");
#else
  *(volatile int*)0x18 = 1;
#endif
  return TRUE;
}
