/* What the C runtime's sources ask of the DLL that they are in: ntdll has no state of a runtime's.
 * Functions that would need it are not exported. */
#include "crt/libc/crt.h"
#include "system/ntdll/ntdll.h"

static int error;

int* _errno(void) {
  return &error;
}

/* ntdll's functions validate nothing. */
void crt_invalid_parameter(void) {}

struct crt_thread_data* crt_thread(void) {
  LabUnmodelled("the C runtime's thread data in ntdll");
}

void* malloc(size_t bytes) {
  return RtlAllocateHeap(current_peb()->ProcessHeap, 0, bytes);
}
