/* A read of address 0 with no handler but the thread's base frame: UnhandledExceptionFilter
 * reports it and the process ends with C0000005 (facts 3.9). */
#include "cases/say.h"

__attribute__((noinline)) static int deref(volatile int* address) {
  return *address;
}

void start(void) {
  say("before\n");
  ExitProcess((UINT)deref(0));
}
