/* C99's <fenv.h> over Microsoft's control and status bits, which its own are (7.6; the UCRT's
 * header). */
#include <fenv.h>
#include <float.h>

int fegetround(void) {
  return (int)(_controlfp(0, 0) & _MCW_RC);
}
int fesetround(int direction) {
  if (direction & ~_MCW_RC) return 1;
  _controlfp((unsigned)direction, _MCW_RC);
  return 0;
}

/* The x87's flags are changed by way of its environment: the exceptions that are not in `own`, or
 * only those in it. The processor's bits run the other way round. */
static unsigned processor_bits(unsigned own) {
  unsigned bits = 0;
  for (int i = 0; i < 5; ++i) {
    static const unsigned char order[] = {5, 4, 3, 2, 0}; /* inexact to invalid */
    bits |= (own >> i & 1) << order[i];
  }
  return bits;
}
static void set_flags(unsigned which, unsigned flags) {
  struct {
    unsigned control, status, words[5];
  } environment;
  unsigned mxcsr;
  __asm__ volatile("fnstenv %0" : "=m"(environment));
  __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
  const unsigned changed = processor_bits(which), set = processor_bits(flags & which);
  environment.status = (environment.status & ~changed) | set;
  mxcsr = (mxcsr & ~changed) | set;
  __asm__ volatile("fldenv %0" : : "m"(environment));
  __asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
}

int feclearexcept(int exceptions) {
  set_flags((unsigned)exceptions & FE_ALL_EXCEPT, 0);
  return 0;
}
int fetestexcept(int exceptions) {
  return (int)_statusfp() & exceptions & FE_ALL_EXCEPT;
}
int fegetexceptflag(fexcept_t* to, int exceptions) {
  *to = (fexcept_t)fetestexcept(exceptions);
  return 0;
}
int fesetexceptflag(const fexcept_t* from, int exceptions) {
  set_flags((unsigned)exceptions & FE_ALL_EXCEPT, *from);
  return 0;
}

int fegetenv(fenv_t* to) {
  to->_Fe_ctl = _controlfp(0, 0) & (_MCW_EM | _MCW_RC);
  to->_Fe_stat = _statusfp();
  return 0;
}
int fesetenv(const fenv_t* from) {
  _controlfp((unsigned)from->_Fe_ctl, _MCW_EM | _MCW_RC);
  set_flags(FE_ALL_EXCEPT, (unsigned)from->_Fe_stat);
  return 0;
}
/* No exception interrupts from now on. */
int feholdexcept(fenv_t* to) {
  fegetenv(to);
  _clearfp();
  _controlfp(_MCW_EM, _MCW_EM);
  return 0;
}
