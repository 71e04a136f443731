/* The end of a program: exit and its kin, the routines registered for it, and the calls that run
 * lists of initializers. */
#include "exit.h"

#include "crt.h"

static struct crt_onexit_table at_exit, at_quick;
static int begun;

typedef void(__stdcall* thread_callback)(void*, unsigned long, void*);
static thread_callback exe_thread_callback;

int crt_exit_begun(void) {
  return begun;
}

int _crt_atexit(void(__cdecl* routine)(void)) {
  return _register_onexit_function(&at_exit, (_onexit_t)(void*)routine);
}
int _crt_at_quick_exit(void(__cdecl* routine)(void)) {
  return _register_onexit_function(&at_quick, (_onexit_t)(void*)routine);
}

#if CRT_MSVCRT
_onexit_t _onexit(_onexit_t routine) {
  return _register_onexit_function(&at_exit, routine) == 0 ? routine : 0;
}
int atexit(void(__cdecl* routine)(void)) {
  return _crt_atexit(routine);
}
#endif

/* The destructors of the main thread's thread_local objects, run before everything else. */
void _register_thread_local_exe_atexit_callback(thread_callback callback) {
  exe_thread_callback = callback;
}

void crt_run_exit_routines(void) {
  if (exe_thread_callback) exe_thread_callback(0, DLL_PROCESS_DETACH, 0);
  exe_thread_callback = 0;
  _execute_onexit_table(&at_exit);
}

void _cexit(void) {
  crt_run_exit_routines();
  crt_flush_streams();
}
void _c_exit(void) {}

NORETURN void _exit(int code) {
  begun = 1;
  ExitProcess((UINT)code);
}
NORETURN void _Exit(int code) {
  _exit(code);
}

NORETURN void exit(int code) {
  _cexit();
  _exit(code);
}

NORETURN void quick_exit(int code) {
  _execute_onexit_table(&at_quick);
  _exit(code);
}

void _initterm(void(__cdecl** first)(void), void(__cdecl** last)(void)) {
  for (; first < last; ++first) {
    if (*first) (*first)();
  }
}

/* Stops at the first initializer that fails. */
int _initterm_e(int(__cdecl** first)(void), int(__cdecl** last)(void)) {
  for (; first < last; ++first) {
    const int result = *first ? (*first)() : 0;
    if (result) return result;
  }
  return 0;
}

/* The runtime's own errors, by Microsoft's numbers; the texts are documented ("C Runtime Errors
 * R6002 through R6035"). */
static const char* runtime_error(int number) {
  switch (number) {
    case 2:
      return "R6002\r\n- floating point support not loaded\r\n";
    case 8:
      return "R6008\r\n- not enough space for arguments\r\n";
    case 9:
      return "R6009\r\n- not enough space for environment\r\n";
    case 16:
      return "R6016\r\n- not enough space for thread data\r\n";
    case 17:
      return "R6017\r\n- unexpected multithread lock error\r\n";
    case 19:
      return "R6019\r\n- unable to open console device\r\n";
    case 24:
      return "R6024\r\n- not enough space for _onexit/atexit table\r\n";
    case 25:
      return "R6025\r\n- pure virtual function call\r\n";
    case 26:
      return "R6026\r\n- not enough space for stdio initialization\r\n";
    case 27:
      return "R6027\r\n- not enough space for lowio initialization\r\n";
  }
  return "\r\n";
}

void crt_write_error(const char* text) {
  DWORD written;
  WriteFile(GetStdHandle(STD_ERROR_HANDLE), text, (DWORD)strlen(text), &written, 0);
}

NORETURN void _amsg_exit(int number) {
  crt_write_error("\r\nruntime error ");
  crt_write_error(runtime_error(number));
  _exit(255);
}
