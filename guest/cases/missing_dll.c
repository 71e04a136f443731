/* An import from a DLL that is nowhere: the program does not start (on Windows
 * STATUS_DLL_NOT_FOUND, here exit 126). */
#include "system/win32.h"

__declspec(dllimport) VOID WINAPI Anything(void);

void start(void) {
  Anything();
  ExitProcess(0);
}
