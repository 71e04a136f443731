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

void warm_up(const uint8_t* ops, uint32_t size, void (*run)(bool)) {
  uint32_t i;
  for (i = 0; i < size; i++) lab_fuzz_input.bytes[i] = ops[i];
  lab_fuzz_input.size = size;
  run(true);
  cursor = 0;
  for (i = 0; i < sizeof uses; i++) uses[i] = unwind_uses[i] = 0;
  lab_fuzz_log.used = 0;
  lab_fuzz_input.size = 0;
}
