/* The program of C alone: the sequence begins on the first thread's own stack. */
#include "fuzz/sequences/exceptions.h"

NTSTATUS NTAPI NtTerminateProcess(HANDLE process, NTSTATUS status);

void open_callback(uint32_t id) {
  (void)id; /* there is no Go */
}

/* A C++ exception that is caught. */
static const uint8_t once[] = {LAB_OP_CXX_TRY, LAB_CATCH_INT, 0, 0, LAB_OP_THROW, 1, 0, 0};

void start(void) {
  warm_up(once, sizeof once, run_c_frame);
  take_command_line();
  lab_fuzz_ready();
  run_c_frame(true);
  NtTerminateProcess((HANDLE)-1, 0);
}
