/* A hardware fault becomes a Go panic (os_windows_386.c, os_windows.c). */
#include "go/os_windows.h"

NORETURN NOINLINE void sigpanic(void);

static bool issigpanic(uint32 code) {
  switch (code) {
    case EXCEPTION_ACCESS_VIOLATION:
    case EXCEPTION_INT_DIVIDE_BY_ZERO:
    case EXCEPTION_INT_OVERFLOW:
    case EXCEPTION_FLT_DENORMAL_OPERAND:
    case EXCEPTION_FLT_DIVIDE_BY_ZERO:
    case EXCEPTION_FLT_INEXACT_RESULT:
    case EXCEPTION_FLT_OVERFLOW:
    case EXCEPTION_FLT_UNDERFLOW:
      return true;
  }
  return false;
}

static NORETURN void crash(ExceptionRecord* info, Context* r, G* gp) {
  printf("Exception %x %x %x %p\n", info->ExceptionCode, info->ExceptionInformation[0],
         info->ExceptionInformation[1], info->ExceptionAddress);
  printf("PC=%p\n", r->Eip);
  if (getm()->lockedg != nil && getm()->ncgo > 0 && gp == getm()->g0) {
    printf("signal arrived during cgo execution\n");
    gp = getm()->lockedg;
  }
  if (gp != nil && gp != getm()->g0) printf("\ngoroutine %d:\n", gp->goid);
  exit(2);
}

/* Called by sigtramp, with the g that faulted, on the stack that faulted. Returns a disposition:
 * 0 go on with the context, 1 the next handler. */
uint32 sighandler(ExceptionRecord* info, Context* r, G* gp) {
  uint32* sp;

  if (info->ExceptionCode == EXCEPTION_BREAKPOINT) {
    r->Eip--; /* as Go did */
    return 1;
  }
  if (gp == nil || gp == getm()->g0 || !issigpanic(info->ExceptionCode)) crash(info, r, gp);

  /* sigpanic is entered as if the faulting instruction had called it. What it has to know goes by
   * way of g, since nobody would take arguments off the stack again. */
  gp->sig = info->ExceptionCode;
  gp->sigcode0 = info->ExceptionInformation[0];
  gp->sigcode1 = info->ExceptionInformation[1];
  gp->sigpc = r->Eip;

  /* EIP 0 is a call of a nil function. The word on top of the stack is the return address of that
   * call then, and serves as sigpanic's: a traceback goes on with whoever called nil. A pushed 0
   * would end it at sigpanic. */
  if (r->Eip != 0) {
    sp = (uint32*)r->Esp;
    *--sp = r->Eip;
    r->Esp = (uint32)sp;
  }
  r->Eip = (uint32)sigpanic;
  return 0;
}

/* Runs on the goroutine's stack as if the faulting instruction had called it. */
void sigpanic(void) {
  G* g = getg();
  switch (g->sig) {
    case EXCEPTION_ACCESS_VIOLATION:
      if (g->sigcode1 < 0x1000 || g->paniconfault) {
        if (g->sigpc == 0) panicstring("call of nil func value");
        panicstring("invalid memory address or nil pointer dereference");
      }
      printf("unexpected fault address %p\n", g->sigcode1);
      throw("fault");
    case EXCEPTION_INT_DIVIDE_BY_ZERO:
      panicstring("integer divide by zero");
    case EXCEPTION_INT_OVERFLOW:
      panicstring("integer overflow");
    case EXCEPTION_FLT_DENORMAL_OPERAND:
    case EXCEPTION_FLT_DIVIDE_BY_ZERO:
    case EXCEPTION_FLT_INEXACT_RESULT:
    case EXCEPTION_FLT_OVERFLOW:
    case EXCEPTION_FLT_UNDERFLOW:
      panicstring("floating point error");
  }
  throw("fault");
}

/* sigtramp on a thread without an m: a signal on a thread that Go did not create. */
void badsignal2(void) {
  static const char message[] = "runtime: signal received on thread not created by Go.\n";
  uint32 written;
  WriteFile(GetStdHandle((uint32)STD_ERROR_HANDLE), message, sizeof message - 1, &written, nil);
  ExitProcess(2);
  __builtin_trap();
}
