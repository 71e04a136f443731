/* LAB_OP_THREAD: a frame on a thread of its own, and somebody who waits for it. */
#include "fuzz/sequences/sequences.h"
#include "system/win32.h"

static DWORD WINAPI run_thread(PVOID parameter) {
  (void)parameter;
  run_c_frame(false);
  return 0;
}

void open_thread(uint32_t id) {
  DWORD number;
  HANDLE thread;
  OPEN_FRAME;
  standing.records = 0;
  standing.jumps = 0;
  standing.base_moved = false;
  thread = CreateThread(0, 0, run_thread, 0, 0, &number);
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
  CLOSE_FRAME(id);
}
