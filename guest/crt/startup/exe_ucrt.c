/* mainCRTStartup of a program that imports the UCRT: the calls and their order are those that
 * programs of Visual C++ 2015 and later make. */
#include "init_arrays.h"

void __security_init_cookie(void); /* eh/static */
int __CxxSetUnhandledExceptionFilter(void);

#define CRT_CONSOLE_APP 1
#define CRT_ARGV_UNEXPANDED 1

void _set_app_type(int type);
errno_t _set_fmode(int mode);
int* __p__commode(void);
int _configure_narrow_argv(int mode);
int _initialize_narrow_environment(void);
char** _get_initial_narrow_environment(void);
int _configthreadlocale(int type);
int _set_new_mode(int mode);
int _seh_filter_exe(unsigned long code, EXCEPTION_POINTERS* exception);

static int initialize(void) {
  _set_app_type(CRT_CONSOLE_APP);
  _set_fmode(0x4000);
  *__p__commode() = 0;
  if (_configure_narrow_argv(CRT_ARGV_UNEXPANDED) != 0) return 1;
  _configthreadlocale(0);
  _initialize_narrow_environment();
  return 0;
}

/* A function of its own, never inlined: clang drops a handler for faults in the function that has
 * the __try (facts: guest-tools.md 4). */
__attribute__((noinline)) static int run(void) {
  if (_initterm_e(__xi_a, __xi_z) != 0) return 255;
  _initterm(__xc_a, __xc_z);
  return main(__argc, __argv, _get_initial_narrow_environment());
}

NORETURN void mainCRTStartup(void) {
  __security_init_cookie();
  __CxxSetUnhandledExceptionFilter();
  if (initialize() != 0) _exit(255);
  __try {
    exit(run());
  } __except (_seh_filter_exe(GetExceptionCode(), GetExceptionInformation())) {
    _exit((int)GetExceptionCode());
  }
  __builtin_unreachable();
}
