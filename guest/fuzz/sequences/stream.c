/* Input, log and standing of the sequence at hand. */
#include "fuzz/sequences/sequences.h"

struct lab_fuzz_input lab_fuzz_input;
struct lab_fuzz_log lab_fuzz_log;

Standing standing;
uint32_t cursor;
uint8_t uses[256], unwind_uses[256];

/* Here the snapshot is taken that each run begins from. */
NOINLINE void lab_fuzz_ready(void) {
  __asm__ volatile("" : : : "memory");
}
