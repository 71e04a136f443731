/* Entry points are often declared without a calling convention: `int start(void)` leaves its
 * argument on the stack, and a thread's routine that takes more than one pops too many. Windows
 * looks at EAX alone. Exit code 42. */
#include "cases/say.h"

static DWORD WINAPI pops_three(PVOID a, PVOID b, PVOID c) {
  (void)b;
  (void)c;
  return (DWORD)a + 1;
}

static DWORD leaves_its_argument(PVOID parameter) {
  return (DWORD)parameter + 2;
}

static DWORD run(PVOID routine, DWORD parameter) {
  DWORD id = 0, code = 0;
  HANDLE thread = CreateThread(0, 0, (DWORD(WINAPI*)(PVOID))routine, (PVOID)parameter, 0, &id);
  WaitForSingleObject(thread, 0xffffffff);
  GetExitCodeThread(thread, &code);
  return code;
}

int start(void) {
  return (int)(run((PVOID)pops_three, 10) + run((PVOID)leaves_its_argument, 29));
}
