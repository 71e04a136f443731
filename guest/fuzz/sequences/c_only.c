/* The program of C alone: the sequence begins on the first thread's own stack. */
#include "fuzz/sequences/exceptions.h"

NTSTATUS NTAPI NtTerminateProcess(HANDLE process, NTSTATUS status);

void open_callback(uint32_t id) {
  (void)id; /* there is no Go */
}

int main(void) {
  lab_fuzz_ready();
  run_c_frame(true);
  NtTerminateProcess((HANDLE)-1, 0);
}
