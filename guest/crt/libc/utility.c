/* The small arithmetic of <stdlib.h>, random numbers, rotations. */
#include "crt.h"

int abs(int value) {
  return value < 0 ? -value : value;
}
long labs(long value) {
  return value < 0 ? -value : value;
}
long long llabs(long long value) {
  return value < 0 ? -value : value;
}
int64_t _abs64(int64_t value) {
  return llabs(value);
}
int64_t imaxabs(int64_t value) {
  return llabs(value);
}
div_t div(int a, int b) {
  return (div_t){a / b, a % b};
}
ldiv_t ldiv(long a, long b) {
  return (ldiv_t){a / b, a % b};
}
lldiv_t lldiv(long long a, long long b) {
  return (lldiv_t){a / b, a % b};
}
lldiv_t imaxdiv(int64_t a, int64_t b) {
  return lldiv(a, b);
}

/* Microsoft's generator, one for each thread (its constants are widely published; the first
 * numbers from seed 1 are 41, 18467, 6334, 26500, 19169). */
void srand(unsigned seed) {
  crt_thread()->rand_state = seed;
}
int rand(void) {
  struct crt_thread_data* thread = crt_thread();
  thread->rand_state = thread->rand_state * 214013 + 2531011;
  return (int)(thread->rand_state >> 16 & RAND_MAX);
}

/* Of the system's generator, which Windows calls RtlGenRandom. */
errno_t rand_s(unsigned* value) {
  static BOOLEAN(WINAPI * generate)(PVOID to, ULONG bytes);
  if (!value) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *value = 0;
  if (!generate) {
    const HMODULE library = LoadLibraryA("advapi32.dll");
    generate = (BOOLEAN(WINAPI*)(PVOID, ULONG))(void*)GetProcAddress(library, "SystemFunction036");
  }
  return generate && generate(value, sizeof *value) ? 0 : (errno = ENOMEM);
}

/* clang knows these names itself and lets nobody define them: the symbols are named apart. */
#define ROTATION(type, name, symbol, other)         \
  type name(type value, int count) __asm__(symbol); \
  type name(type value, int count) {                \
    return other;                                   \
  }
#define ROTATE(value, count, bits)                                                                 \
  (((count) & ((bits)-1)) ? (value) << ((count) & ((bits)-1)) | (value) >> (-(count) & ((bits)-1)) \
                          : (value))
ROTATION(unsigned, rotl, "__rotl", ROTATE(value, count, 32))
ROTATION(unsigned, rotr, "__rotr", ROTATE(value, -count, 32))
ROTATION(unsigned long, lrotl, "__lrotl", ROTATE(value, count, 32))
ROTATION(unsigned long, lrotr, "__lrotr", ROTATE(value, -count, 32))
ROTATION(uint64_t, rotl64, "__rotl64", ROTATE(value, count, 64))
ROTATION(uint64_t, rotr64, "__rotr64", ROTATE(value, -count, 64))

unsigned short _byteswap_ushort(unsigned short value) {
  return (unsigned short)(value << 8 | value >> 8);
}
unsigned long _byteswap_ulong(unsigned long value) {
  return __builtin_bswap32(value);
}
uint64_t _byteswap_uint64(uint64_t value) {
  return __builtin_bswap64(value);
}

/* Each pair of bytes the other way round. */
void _swab(char* from, char* to, int bytes) {
  for (; bytes > 1; bytes -= 2, from += 2, to += 2) {
    const char first = from[0];
    to[0] = from[1];
    to[1] = first;
  }
}
