/* call_host.exe: a process in which the host loads a DLL and calls its functions, from the entry
 * point of this program on. What is called returns to the entry point, where the host takes over
 * before its first instruction is executed. */
#include "system/win32.h"

void start(void) {
  ExitProcess(0);
}
