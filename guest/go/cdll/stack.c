/* Uses the stack as any longer call would: whatever lay below the caller is overwritten. */
#include "go/cdll/cdll.h"

/* Writes from the top down, so that a stack that grows by guard pages grows. */
static NOINLINE uint32_t fill(uint32_t bytes) {
  volatile uint32_t frame[256];
  uint32_t i, sum;
  for (i = sizeof frame / sizeof frame[0]; i-- > 0;) frame[i] = 0x41414141;
  sum = bytes <= sizeof frame ? 0 : fill(bytes - (uint32_t)sizeof frame);
  return sum + frame[0];
}

STDCALL uint32_t UseStack(uint32_t bytes) {
  return fill(bytes);
}

NOINLINE uint32_t read_word(const volatile uint32_t* address) {
  return *address;
}

/* C that faults with no __try of its own. */
STDCALL uint32_t ReadAddress(const uint32_t* address) {
  return read_word(address);
}
