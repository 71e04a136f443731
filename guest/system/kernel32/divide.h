/* A 64-bit number by a 32-bit one, with two of the processor's divisions: nobody provides the
 * compiler's __aulldiv here. */
#ifndef SYSTEM_KERNEL32_DIVIDE_H
#define SYSTEM_KERNEL32_DIVIDE_H

#include <stdint.h>

static inline uint64_t divide(uint64_t value, uint32_t by, uint32_t* remainder) {
  uint32_t high = (uint32_t)(value >> 32), low, rest;
  uint32_t high_quotient = high / by;
  __asm__("divl %4" : "=a"(low), "=d"(rest) : "0"((uint32_t)value), "1"(high % by), "r"(by));
  if (remainder) *remainder = rest;
  return (uint64_t)high_quotient << 32 | low;
}

#endif
