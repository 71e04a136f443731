/* Two threads that never wait for each other: whoever runs is stopped in the middle, when its time
 * slice is over. */
#include "cases/say.h"

#define ROUNDS 20000

int failures;
static volatile int rounds[2];

static DWORD WINAPI go_round(PVOID parameter) {
  while (rounds[(int)parameter] < ROUNDS) ++rounds[(int)parameter];
  return 0;
}

void start(void) {
  HANDLE thread = CreateThread(0, 0, go_round, (PVOID)1, 0, 0);
  go_round(0);
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(rounds[0] == ROUNDS && rounds[1] == ROUNDS);
  CHECK_ENDS("time_slices");
}
