/* An import that kernel32 does not have. On Windows the loader refuses to start the program
 * (STATUS_ENTRYPOINT_NOT_FOUND); the lab binds such an import to a gate that says its name, so that
 * a program which never calls it runs: it ends when the function is called. */
#include "cases/say.h"

__declspec(dllimport) VOID WINAPI NoSuchFunction(DWORD argument);

void start(void) {
  say("before\n");
  NoSuchFunction(42);
  say("after\n");
  ExitProcess(0);
}
