/* The x87's control and status words in Microsoft's own bits (documented under _control87). */
#include <float.h>

/* Microsoft's exception bits run from inexact to invalid, the processor's the other way round. */
static const struct {
  unsigned own;
  unsigned short x87;
} exceptions[] = {{_EM_INVALID, 0x01},  {_EM_DENORMAL, 0x02},  {_EM_ZERODIVIDE, 0x04},
                  {_EM_OVERFLOW, 0x08}, {_EM_UNDERFLOW, 0x10}, {_EM_INEXACT, 0x20}};
#define EXCEPTIONS 6

static unsigned exceptions_of(unsigned short x87) {
  unsigned own = 0;
  for (int i = 0; i < EXCEPTIONS; ++i) own |= x87 & exceptions[i].x87 ? exceptions[i].own : 0;
  return own;
}

static unsigned own_control(unsigned short x87) {
  unsigned own = exceptions_of(x87) | (unsigned)(x87 >> 10 & 3) << 8;
  own |= (x87 & 0x300) == 0x300 ? _PC_64 : (x87 & 0x300) == 0x200 ? _PC_53 : _PC_24;
  return own | (x87 & 0x1000 ? _IC_AFFINE : 0);
}

static unsigned short x87_control(unsigned own) {
  unsigned x87 = 0x40; /* reserved, always 1 */
  for (int i = 0; i < EXCEPTIONS; ++i) x87 |= own & exceptions[i].own ? exceptions[i].x87 : 0u;
  x87 |= (own & _MCW_RC) << 2;
  x87 |= (own & _MCW_PC) == _PC_64 ? 0x300u : (own & _MCW_PC) == _PC_53 ? 0x200u : 0;
  return (unsigned short)(x87 | (own & _IC_AFFINE ? 0x1000 : 0));
}

static unsigned short read_control(void) {
  unsigned short control;
  __asm__ volatile("fnstcw %0" : "=m"(control));
  return control;
}

unsigned _control87(unsigned value, unsigned mask) {
  const unsigned before = own_control(read_control());
  const unsigned after = (before & ~mask) | (value & mask);
  if (mask) {
    const unsigned short control = x87_control(after);
    __asm__ volatile("fldcw %0" : : "m"(control));
  }
  return own_control(read_control());
}

/* The exception for denormals is left alone (documented). */
unsigned _controlfp(unsigned value, unsigned mask) {
  return _control87(value, mask & ~(unsigned)_EM_DENORMAL);
}

errno_t _controlfp_s(unsigned* current, unsigned value, unsigned mask) {
  const unsigned known = _MCW_EM | _MCW_RC | _MCW_PC | _MCW_IC | 0x03000000; /* _MCW_DN */
  if (value & mask & ~known) {
    if (current) *current = _controlfp(0, 0);
    return 22; /* EINVAL */
  }
  const unsigned now = _controlfp(value, mask & known);
  if (current) *current = now;
  return 0;
}

unsigned _statusfp(void) {
  unsigned short status;
  __asm__ volatile("fnstsw %0" : "=m"(status));
  return exceptions_of(status);
}
unsigned _clearfp(void) {
  const unsigned before = _statusfp();
  __asm__ volatile("fnclex");
  return before;
}

/* Microsoft's default: all masked, 53 bits, to nearest. */
void _fpreset(void) {
  const unsigned short control = 0x027f;
  __asm__ volatile("fninit; fldcw %0" : : "m"(control));
}

int _set_SSE2_enable(int on) {
  return 0; /* nothing here computes with SSE2 */
}
