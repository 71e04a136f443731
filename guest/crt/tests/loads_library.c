/* What a DLL registers with atexit runs when the DLL goes, before what follows in the program
 * (Microsoft, "atexit": in a DLL it runs at DLL_PROCESS_DETACH). */
#include <stdio.h>

#include "system/win32.h"

int main(void) {
  HMODULE library = LoadLibraryA(LIBRARY);
  int(__cdecl * doubled)(int) = (int(__cdecl*)(int))GetProcAddress(library, "doubled");
  if (!doubled || doubled(21) != 42) return 1;
  FreeLibrary(library);
  puts(GetModuleHandleA(LIBRARY) ? "still there" : "gone");
  return 0;
}
