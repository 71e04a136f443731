/* The control and status words of floating point. Source: Microsoft's pages of _control87,
 * _controlfp_s, _statusfp, _clearfp and _fpreset; IEEE 754 for what the arithmetic does. */
#include <errno.h>
#include <float.h>
#include <math.h>

#include "mingw/check.h"

static volatile double one = 1, three = 3, zero = 0;

static void precision(void) {
  CHECK((_control87(0, 0) & _MCW_EM) ==
        (_EM_INVALID | _EM_DENORMAL | _EM_ZERODIVIDE | _EM_OVERFLOW | _EM_UNDERFLOW | _EM_INEXACT));
  CHECK((_control87(_PC_24, _MCW_PC) & _MCW_PC) == _PC_24);
  volatile double short_third = one / three;
  CHECK((_control87(_PC_53, _MCW_PC) & _MCW_PC) == _PC_53);
  volatile double third = one / three;
  CHECK(short_third == (float)(1.0f / 3.0f) && third == 1.0 / 3.0 && short_third != third);
}

static void rounding(void) {
  CHECK((_controlfp(_RC_UP, _MCW_RC) & _MCW_RC) == _RC_UP);
  volatile double up = one / three;
  _controlfp(_RC_DOWN, _MCW_RC);
  volatile double down = one / three;
  _controlfp(_RC_CHOP, _MCW_RC);
  volatile double chopped = -one / three;
  unsigned now = 0;
  CHECK(_controlfp_s(&now, _RC_NEAR, _MCW_RC) == 0 && (now & _MCW_RC) == _RC_NEAR);
  CHECK(up > down && chopped == -down && (up == 1.0 / 3.0 || down == 1.0 / 3.0));
}

static void status(void) {
  _clearfp();
  CHECK((_statusfp() & _SW_ZERODIVIDE) == 0);
  CHECK(_controlfp_s(0, 0, 0) == 0);
}

static void masks(void) {
  unsigned now = 0;
  _clearfp();
  CHECK(_controlfp_s(&now, 0, _EM_ZERODIVIDE) == 0 && !(now & _EM_ZERODIVIDE));
  CHECK(!(_control87(0, 0) & _EM_ZERODIVIDE) && (_control87(0, 0) & _EM_INVALID));
  /* _controlfp leaves the mask of denormals as it is, _control87 does not. */
  CHECK(_controlfp(0, _EM_DENORMAL) & _EM_DENORMAL);
  CHECK(!(_control87(0, _EM_DENORMAL) & _EM_DENORMAL));
  _fpreset();
  CHECK((_control87(0, 0) & (_MCW_EM | _MCW_RC | _MCW_PC)) ==
        ((_MCW_EM & _control87(0, 0)) | _PC_53));
  CHECK((_control87(0, 0) & _MCW_EM) == _MCW_EM && isinf(one / zero));
}

/* Both units are controlled, and __control87_2 tells them apart (documented under _control87). */
static unsigned mxcsr(void) {
  unsigned word;
  __asm__ volatile("stmxcsr %0" : "=m"(word));
  return word;
}
static void both_units(void) {
  unsigned x87 = 0, sse = 0;
  CHECK((mxcsr() & 0xffc0) == 0x1f80);
  _control87(0, _EM_ZERODIVIDE);
  CHECK((mxcsr() & 0xffc0) == 0x1d80); /* its mask is bit 9 */
  _control87(_RC_UP, _MCW_RC);
  CHECK((mxcsr() & 0xffc0) == 0x5d80);
#if !CRT_MSVCRT
  CHECK(__control87_2(_EM_ZERODIVIDE, _EM_ZERODIVIDE, 0, &sse) == 1 && (sse & _EM_ZERODIVIDE));
  CHECK((mxcsr() & 0xffc0) == 0x5f80 && (_control87(0, 0) & _EM_AMBIGUOUS));
  CHECK(__control87_2(0, 0, &x87, &sse) == 1 && !(x87 & _EM_ZERODIVIDE));
#endif
  (void)x87;
  (void)sse;
  _fpreset();
  CHECK((mxcsr() & 0xffc0) == 0x1f80);
}

static void kinds(void) {
  CHECK(_fpclass(one) == 0x100 && _fpclass(-one) == 0x08 && _fpclass(zero) == 0x40);
  CHECK(_finite(one) && !_finite(one / zero) && _isnan(zero / zero) && !_isnan(one));
  CHECK(_copysign(one, -three) == -1 && _chgsign(three) == -3 && _logb(8.0) == 3);
  CHECK(_nextafter(1.0, 2.0) - 1.0 == DBL_EPSILON && _scalb(3.0, 4) == 48);
}

int main(void) {
  precision();
  rounding();
  status();
  masks();
  both_units();
  kinds();
  puts(failures ? "FAIL floating_control" : "PASS floating_control");
  return failures;
}
