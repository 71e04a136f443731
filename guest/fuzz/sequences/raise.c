/* Exceptions of software and of hardware, and what overwrites the stack below. */
#include "fuzz/sequences/exceptions.h"

void raise_exception(uint32_t id) {
  static const DWORD codes[LAB_SEQ_CODES_COUNT] = {LAB_SEQ_CODES};
  const ULONG_PTR raised = LAB_SEQ_RAISED;
  RaiseException(codes[OP(id)[1] % LAB_SEQ_CODES_COUNT], OP(id)[2] & EXCEPTION_NONCONTINUABLE, 1,
                 &raised);
  say(LAB_LOG_RESUMED, id, 0, 0);
}

/* fault.S: faults; 0 when it was continued, 1 with wrong registers, 2 when there was no fault. */
uint32_t provoke(uint32_t kind, void* guarded);

bool x87_faulted;

static __attribute__((aligned(4096))) uint8_t guarded[4096];

void fault(uint32_t id) {
  static const uint32_t kinds[] = {LAB_LOG_RESUMED, LAB_LOG_REGISTERS, LAB_LOG_RETURNED};
  const uint32_t kind = OP(id)[1] % LAB_FAULTS;
  if (kind == LAB_FAULT_X87) x87_faulted = true;
  if (kind == LAB_FAULT_GUARD) {
    DWORD old;
    VirtualProtect(guarded, sizeof guarded, PAGE_READWRITE | PAGE_GUARD, &old);
  }
  say(kinds[provoke(kind, guarded)], id, 0, 0);
}

NOINLINE void reuse_stack(void) {
  volatile uint32_t frame[LAB_SEQ_REUSED_BYTES / 4];
  uint32_t i;
  for (i = LAB_SEQ_REUSED_BYTES / 4; i-- > 0;) frame[i] = 0xcccccccc;
}
