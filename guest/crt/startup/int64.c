/* 64-bit arithmetic as compilers call it: stdcall, names without the number of bytes, the result
 * in EDX:EAX. (Shifts and divisions with two results pass registers: int64.S.) */
#include <stdint.h>

#define HELPER(name) __asm__("__" name)

struct pair {
  uint32_t quotient, remainder;
};

/* high must be below divisor: the processor's division of 64 bits by 32. */
static struct pair divide_32(uint32_t high, uint32_t low, uint32_t divisor) {
  struct pair result;
  __asm__("divl %4"
          : "=a"(result.quotient), "=d"(result.remainder)
          : "0"(low), "1"(high), "rm"(divisor)
          : "cc");
  return result;
}

static uint64_t join(uint32_t high, uint32_t low) {
  return (uint64_t)high << 32 | low;
}

static uint64_t divide(uint64_t a, uint64_t b, uint64_t* remainder) {
  const uint32_t b_high = (uint32_t)(b >> 32);
  if (b_high == 0) {
    /* Division by zero faults here, as it is to. */
    const struct pair high = divide_32(0, (uint32_t)(a >> 32), (uint32_t)b);
    const struct pair low = divide_32(high.remainder, (uint32_t)a, (uint32_t)b);
    *remainder = low.remainder;
    return join(high.quotient, low.quotient);
  }
  if (b_high >> 31) {
    const uint64_t quotient = a >= b;
    *remainder = quotient ? a - b : a;
    return quotient;
  }
  /* With the divisor's highest 32 bits the quotient is right or one too large. */
  const int shift = 32 - __builtin_clz(b_high);
  const uint64_t scaled = a >> shift;
  const struct pair estimate =
      divide_32((uint32_t)(scaled >> 32), (uint32_t)scaled, (uint32_t)(b >> shift));
  uint64_t quotient = estimate.quotient;
  *remainder = a - quotient * b;
  if (*remainder >= b) {
    --quotient;
    *remainder += b;
  }
  return quotient;
}

static uint64_t magnitude(int64_t value) {
  return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

uint64_t __stdcall crt_aulldiv(uint64_t a, uint64_t b) HELPER("aulldiv");
uint64_t __stdcall crt_aulldiv(uint64_t a, uint64_t b) {
  uint64_t remainder;
  return divide(a, b, &remainder);
}

uint64_t __stdcall crt_aullrem(uint64_t a, uint64_t b) HELPER("aullrem");
uint64_t __stdcall crt_aullrem(uint64_t a, uint64_t b) {
  uint64_t remainder;
  divide(a, b, &remainder);
  return remainder;
}

int64_t __stdcall crt_alldiv(int64_t a, int64_t b) HELPER("alldiv");
int64_t __stdcall crt_alldiv(int64_t a, int64_t b) {
  uint64_t remainder;
  const uint64_t quotient = divide(magnitude(a), magnitude(b), &remainder);
  return (int64_t)((a ^ b) < 0 ? -quotient : quotient);
}

int64_t __stdcall crt_allrem(int64_t a, int64_t b) HELPER("allrem");
int64_t __stdcall crt_allrem(int64_t a, int64_t b) {
  uint64_t remainder;
  divide(magnitude(a), magnitude(b), &remainder);
  return (int64_t)(a < 0 ? -remainder : remainder);
}

int64_t __stdcall crt_allmul(int64_t a, int64_t b) HELPER("allmul");
int64_t __stdcall crt_allmul(int64_t a, int64_t b) {
  return (int64_t)((uint64_t)a * (uint64_t)b);
}
