/* What the runtime's files share. Each file is compiled once for each DLL that holds it, with
 * CRT_MSVCRT or CRT_UCRT defined to 1 where the two differ, so that each DLL has its own state. */
#ifndef CRT_LIBC_CRT_H
#define CRT_LIBC_CRT_H

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "system/win32.h"
#include "wanted.h"

#ifndef CRT_MSVCRT
#define CRT_MSVCRT 0
#endif

/* thread_data.c: what a thread has of its own. */
struct crt_thread_data {
  int error;              /* errno */
  unsigned long os_error; /* _doserrno */
  char* strtok_next;
  wchar_t* wcstok_next;
  unsigned long rand_state;
  char* text;      /* strerror, asctime and their kin */
  struct tm* tm;   /* gmtime and localtime */
  void* exception; /* __pxcptinfoptrs */
  int fpe_code;
  void (*thread_handlers[3])(int); /* signal: SIGSEGV, SIGILL, SIGFPE */
  _invalid_parameter_handler invalid_parameter_handler;
  PVOID thread_handle; /* of _beginthread: closed by _endthread */
};
struct crt_thread_data* crt_thread(void);
void crt_thread_attach_process(void);
void crt_thread_release(void);

/* errors.c: sets errno and _doserrno from a Win32 error. */
void crt_set_os_error(DWORD error);
/* Parameter validation: EINVAL and the invalid-parameter handler. */
void crt_invalid_parameter(void);
void _invalid_parameter_noinfo(void);

/* locks.c */
enum crt_lock { LOCK_EXIT, LOCK_STREAMS, LOCK_ENVIRONMENT, LOCK_SIGNAL, LOCK_TIME, LOCK_COUNT };
void crt_lock(enum crt_lock lock);
void crt_unlock(enum crt_lock lock);
void crt_make_locks(void);
void crt_drop_locks(void);

/* exit.c: ends the program with "R60nn" and code 255. */
NORETURN void _amsg_exit(int number);

/* console.c and arguments.c, environment.c, exit.c: steps of the DLL's start and end. */
void crt_make_arguments(void);
void crt_make_environment(void);
void crt_start_clock(void);
void crt_make_versions(void);
void crt_make_multibyte(void);
void crt_make_files(void);
void crt_make_streams(void);
void crt_flush_streams(void);
void crt_run_exit_routines(void);

#endif
