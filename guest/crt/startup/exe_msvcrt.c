/* mainCRTStartup of a program that imports msvcrt: the calls and their order are those that
 * programs of Visual C++ 6 and of the Windows DDK make. */
#include "init_arrays.h"

void __security_init_cookie(void); /* eh/static */
int __CxxSetUnhandledExceptionFilter(void);

#define CRT_CONSOLE_APP 1

struct startup_info {
  int new_mode;
};

void __set_app_type(int type);
int* __p__fmode(void);
int* __p__commode(void);
int __getmainargs(int* count, char*** arguments, char*** environment, int expand_wildcards,
                  struct startup_info* info);
int _XcptFilter(unsigned long code, EXCEPTION_POINTERS* exception);

/* See exe_ucrt.c. */
__attribute__((noinline)) static int run(void) {
  int count;
  char **arguments, **environment;
  struct startup_info info = {0};
  _initterm((const crt_procedure*)(const void*)__xi_a, (const crt_procedure*)(const void*)__xi_z);
  if (__getmainargs(&count, &arguments, &environment, 0, &info) < 0) return 255;
  _initterm(__xc_a, __xc_z);
  return main(count, arguments, environment);
}

NORETURN void mainCRTStartup(void) {
  __security_init_cookie();
  __CxxSetUnhandledExceptionFilter();
  __set_app_type(CRT_CONSOLE_APP);
  *__p__fmode() = 0x4000;
  *__p__commode() = 0;
  __try {
    exit(run());
  } __except (_XcptFilter(GetExceptionCode(), GetExceptionInformation())) {
    _exit((int)GetExceptionCode());
  }
  __builtin_unreachable();
}
