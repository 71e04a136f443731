/* signal and raise. SIGSEGV, SIGILL and SIGFPE are a thread's own and stand for exceptions; the
 * others are the process's (documented under signal). */
#include "crt.h"
#include "exit.h"

#include <float.h>
#include <signal.h>

static _crt_signal_t process_handlers[4]; /* SIGINT, SIGTERM, SIGBREAK, SIGABRT */

static _crt_signal_t* process_handler(int number) {
  switch (number) {
    case SIGINT:
      return &process_handlers[0];
    case SIGTERM:
      return &process_handlers[1];
    case SIGBREAK:
      return &process_handlers[2];
    case SIGABRT:
    case SIGABRT_COMPAT:
      return &process_handlers[3];
  }
  return 0;
}

static _crt_signal_t* thread_handler(int number) {
  struct crt_thread_data* thread = crt_thread();
  switch (number) {
    case SIGSEGV:
      return &thread->thread_handlers[0];
    case SIGILL:
      return &thread->thread_handlers[1];
    case SIGFPE:
      return &thread->thread_handlers[2];
  }
  return 0;
}

static _crt_signal_t* handler_of(int number) {
  _crt_signal_t* handler = process_handler(number);
  return handler ? handler : thread_handler(number);
}

_crt_signal_t signal(int number, _crt_signal_t to) {
  _crt_signal_t* handler = handler_of(number);
  if (!handler || to == SIG_SGE || to == SIG_ACK) {
    errno = EINVAL;
    return SIG_ERR;
  }
  crt_lock(LOCK_SIGNAL);
  const _crt_signal_t before = *handler;
  if (to != SIG_GET) *handler = to;
  crt_unlock(LOCK_SIGNAL);
  return before;
}

/* SIGFPE's handler gets a second argument, the kind of error. */
static void call(_crt_signal_t handler, int number, int fpe_code) {
  if (number == SIGFPE) {
    ((void(__cdecl*)(int, int))(void*)handler)(number, fpe_code);
  } else {
    handler(number);
  }
}

int raise(int number) {
  _crt_signal_t* slot = handler_of(number);
  if (!slot) {
    crt_invalid_parameter();
    return -1;
  }
  const _crt_signal_t handler = *slot;
  if (handler == SIG_IGN) return 0;
  if (handler == SIG_DFL) _exit(3);
  struct crt_thread_data* thread = crt_thread();
  const int of_thread = slot != process_handler(number);
  void* exception = thread->exception;
  const int code = thread->fpe_code;
  if (of_thread) {
    thread->exception = 0;
    if (number == SIGFPE) thread->fpe_code = _FPE_EXPLICITGEN;
  }
  *slot = SIG_DFL; /* once only: the handler may set itself again */
  call(handler, number, _FPE_EXPLICITGEN);
  if (of_thread) {
    thread->exception = exception;
    thread->fpe_code = code;
  }
  return 0;
}

/* The exceptions that are signals, and what SIGFPE's handler is told (documented under signal). */
static const struct {
  DWORD exception;
  int number, fpe_code;
} kinds[] = {
    {0xc0000005, SIGSEGV, 0},                 /* ACCESS_VIOLATION */
    {0xc000001d, SIGILL, 0},                  /* ILLEGAL_INSTRUCTION */
    {0xc0000096, SIGILL, 0},                  /* PRIVILEGED_INSTRUCTION */
    {0xc000008d, SIGFPE, _FPE_DENORMAL},      /* FLOAT_DENORMAL_OPERAND */
    {0xc000008e, SIGFPE, _FPE_ZERODIVIDE},    /* FLOAT_DIVIDE_BY_ZERO */
    {0xc000008f, SIGFPE, _FPE_INEXACT},       /* FLOAT_INEXACT_RESULT */
    {0xc0000090, SIGFPE, _FPE_INVALID},       /* FLOAT_INVALID_OPERATION */
    {0xc0000091, SIGFPE, _FPE_OVERFLOW},      /* FLOAT_OVERFLOW */
    {0xc0000092, SIGFPE, _FPE_STACKOVERFLOW}, /* FLOAT_STACK_CHECK */
    {0xc0000093, SIGFPE, _FPE_UNDERFLOW},     /* FLOAT_UNDERFLOW */
};

/* The filter around main: a signal's handler, if there is one, has the exception handled. */
int crt_exception_filter(unsigned long code, EXCEPTION_POINTERS* exception) {
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; ++i) {
    if (kinds[i].exception != code) continue;
    _crt_signal_t* slot = thread_handler(kinds[i].number);
    const _crt_signal_t handler = *slot;
    if (handler == SIG_DFL) break;
    if (handler == SIG_IGN) return EXCEPTION_CONTINUE_EXECUTION;
    struct crt_thread_data* thread = crt_thread();
    void* outer = thread->exception;
    const int outer_code = thread->fpe_code;
    thread->exception = exception;
    thread->fpe_code = kinds[i].fpe_code;
    *slot = SIG_DFL;
    call(handler, kinds[i].number, kinds[i].fpe_code);
    thread->exception = outer;
    thread->fpe_code = outer_code;
    return EXCEPTION_CONTINUE_EXECUTION;
  }
  return UnhandledExceptionFilter(exception);
}

#if CRT_MSVCRT
int _XcptFilter(unsigned long code, EXCEPTION_POINTERS* exception) {
  return crt_exception_filter(code, exception);
}
/* For DLLs: only a C++ exception is of interest. */
int __CppXcptFilter(unsigned long code, EXCEPTION_POINTERS* exception) {
  return code == 0xe06d7363 ? crt_exception_filter(code, exception) : EXCEPTION_CONTINUE_SEARCH;
}
#else
int _seh_filter_exe(unsigned long code, EXCEPTION_POINTERS* exception) {
  return crt_exception_filter(code, exception);
}
/* Only a C++ exception that leaves a DLL's initializer is of interest to it. */
int _seh_filter_dll(unsigned long code, EXCEPTION_POINTERS* exception) {
  return code == 0xe06d7363 ? crt_exception_filter(code, exception) : EXCEPTION_CONTINUE_SEARCH;
}
#endif
