/* The control and status words of the x87 and of SSE2 in Microsoft's own bits (documented under
 * _control87, _controlfp_s, _statusfp2). The lab's processor has SSE2. */
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

/* SSE2 keeps masks (from bit 7) and rounding (from bit 13) in one word with the flags (from bit 0,
 * each in the x87's order), and how denormals are taken: bit 15 flushes results, bit 6 operands. */
#define FLUSH 0x8000u
#define ZERO_OPERANDS 0x40u

static unsigned read_mxcsr(void) {
  unsigned word;
  __asm__ volatile("stmxcsr %0" : "=m"(word));
  return word;
}
static void write_mxcsr(unsigned word) {
  __asm__ volatile("ldmxcsr %0" : : "m"(word));
}

static unsigned own_sse_control(unsigned mxcsr) {
  unsigned own = exceptions_of((unsigned short)(mxcsr >> 7 & 0x3f)) | (mxcsr >> 13 & 3) << 8;
  if (mxcsr & FLUSH) own |= mxcsr & ZERO_OPERANDS ? _DN_FLUSH : _DN_SAVE_OPERANDS_FLUSH_RESULTS;
  if ((mxcsr & (FLUSH | ZERO_OPERANDS)) == ZERO_OPERANDS) own |= _DN_FLUSH_OPERANDS_SAVE_RESULTS;
  return own;
}

static unsigned sse_control(unsigned own) {
  unsigned mxcsr = 0;
  for (int i = 0; i < EXCEPTIONS; ++i) {
    mxcsr |= own & exceptions[i].own ? (unsigned)exceptions[i].x87 << 7 : 0u;
  }
  mxcsr |= (own & _MCW_RC) << 5;
  const unsigned denormals = own & _MCW_DN;
  if (denormals == _DN_FLUSH || denormals == _DN_SAVE_OPERANDS_FLUSH_RESULTS) mxcsr |= FLUSH;
  if (denormals == _DN_FLUSH || denormals == _DN_FLUSH_OPERANDS_SAVE_RESULTS) {
    mxcsr |= ZERO_OPERANDS;
  }
  return mxcsr;
}

static unsigned change_x87(unsigned value, unsigned mask) {
  const unsigned before = own_control(read_control());
  if (mask) {
    const unsigned short control = x87_control((before & ~mask) | (value & mask));
    __asm__ volatile("fldcw %0" : : "m"(control));
  }
  return own_control(read_control());
}

/* The flags stay. SSE2 has no precision and no infinity to control. */
static unsigned change_sse(unsigned value, unsigned mask) {
  const unsigned before = own_sse_control(read_mxcsr());
  mask &= _MCW_EM | _MCW_RC | _MCW_DN;
  if (mask) {
    write_mxcsr((read_mxcsr() & 0x3f) | sse_control((before & ~mask) | (value & mask)));
  }
  return own_sse_control(read_mxcsr());
}

int __control87_2(unsigned value, unsigned mask, unsigned* x87, unsigned* sse) {
  if (x87) *x87 = change_x87(value, mask & ~_MCW_DN);
  if (sse) *sse = change_sse(value, mask);
  return 1;
}

/* Both words as one; what they have differently is marked as ambiguous. */
unsigned _control87(unsigned value, unsigned mask) {
  const unsigned x87 = change_x87(value, mask & ~_MCW_DN);
  const unsigned sse = change_sse(value, mask);
  const unsigned both = x87 | sse;
  return (x87 ^ sse) & (_MCW_EM | _MCW_RC) ? both | _EM_AMBIGUOUS : both;
}

/* The exception for denormals is left alone (documented). */
unsigned _controlfp(unsigned value, unsigned mask) {
  return _control87(value, mask & ~(unsigned)_EM_DENORMAL);
}
void _set_controlfp(unsigned value, unsigned mask) {
  _controlfp(value, mask);
}

errno_t _controlfp_s(unsigned* current, unsigned value, unsigned mask) {
  const unsigned known = _MCW_EM | _MCW_RC | _MCW_PC | _MCW_IC | _MCW_DN;
  if (value & mask & ~known) {
    if (current) *current = _controlfp(0, 0);
    return 22; /* EINVAL */
  }
  const unsigned now = _controlfp(value, mask & known);
  if (current) *current = now;
  return 0;
}

void _statusfp2(unsigned* x87, unsigned* sse) {
  unsigned short status;
  __asm__ volatile("fnstsw %0" : "=m"(status));
  if (x87) *x87 = exceptions_of(status);
  if (sse) *sse = exceptions_of((unsigned short)(read_mxcsr() & 0x3f));
}
unsigned _statusfp(void) {
  unsigned x87, sse;
  _statusfp2(&x87, &sse);
  return x87 | sse;
}
unsigned _clearfp(void) {
  const unsigned before = _statusfp();
  __asm__ volatile("fnclex");
  write_mxcsr(read_mxcsr() & ~0x3fu);
  return before;
}

/* Microsoft's default: all masked, 53 bits, to nearest. */
void _fpreset(void) {
  const unsigned short control = 0x027f;
  __asm__ volatile("fninit; fldcw %0" : : "m"(control));
  write_mxcsr(0x1f80);
}

int _set_SSE2_enable(int on) {
  return 0; /* nothing here computes with SSE2 */
}

/* FLT_ROUNDS: 1 to nearest, 3 down, 2 up, 0 towards zero. */
int __fpe_flt_rounds(void) {
  static const int kinds[] = {1, 3, 2, 0};
  return kinds[_controlfp(0, 0) >> 8 & 3];
}
