/* Threads that the runtime starts (documented under _beginthread, _beginthreadex). */
#include "crt.h"

#include <process.h>

struct start {
  void* routine;
  void* argument;
  int keeps_handle; /* _beginthreadex: the caller closes it */
  PVOID handle;
};

static DWORD WINAPI run(PVOID argument) {
  struct start* start = argument;
  const struct start own = *start;
  struct crt_thread_data* thread = crt_thread();
  free(start);
  thread->thread_handle = own.keeps_handle ? 0 : own.handle;
  if (own.keeps_handle) {
    _endthreadex(((_beginthreadex_proc_type)own.routine)(own.argument));
  } else {
    ((_beginthread_proc_type)own.routine)(own.argument);
    _endthread();
  }
}

static HANDLE begin(void* routine, unsigned stack, void* argument, unsigned flags, DWORD* id,
                    int keeps_handle, void* security) {
  if (!routine) {
    crt_invalid_parameter();
    return 0;
  }
  struct start* start = malloc(sizeof *start);
  if (!start) return 0;
  *start = (struct start){routine, argument, keeps_handle, 0};
  /* Suspended until it can know its own handle. */
  HANDLE thread = CreateThread(security, stack, run, start, flags | CREATE_SUSPENDED, id);
  if (!thread) {
    crt_set_os_error(GetLastError());
    free(start);
    return 0;
  }
  start->handle = thread;
  if (!(flags & CREATE_SUSPENDED)) ResumeThread(thread);
  return thread;
}

uintptr_t _beginthreadex(void* security, unsigned stack, _beginthreadex_proc_type routine,
                         void* argument, unsigned flags, unsigned* id) {
  DWORD own_id;
  HANDLE thread = begin((void*)routine, stack, argument, flags, &own_id, 1, security);
  if (thread && id) *id = own_id;
  return (uintptr_t)thread;
}

/* The handle is closed when the thread ends: it is good only while that is known to run. */
uintptr_t _beginthread(_beginthread_proc_type routine, unsigned stack, void* argument) {
  DWORD id;
  HANDLE thread = begin((void*)routine, stack, argument, 0, &id, 0, 0);
  return thread ? (uintptr_t)thread : (uintptr_t)-1;
}

NORETURN void _endthreadex(unsigned code) {
  ExitThread(code);
}

NORETURN void _endthread(void) {
  PVOID handle = crt_thread()->thread_handle;
  if (handle) CloseHandle(handle);
  ExitThread(0);
}

int _getpid(void) {
  return (int)GetCurrentProcessId();
}
