/* atexit of a DLL: a list of its own, run when it goes. */
#include "init_arrays.h"

#if CRT_MSVCRT
_onexit_t __dllonexit(_onexit_t routine, _onexit_t** begin, _onexit_t** end);
static _onexit_t *begin, *end;

_onexit_t _onexit(_onexit_t routine) {
  return __dllonexit(routine, &begin, &end);
}
void crt_run_module_exit_routines(void) {
  while (end > begin) {
    const _onexit_t routine = *--end;
    if (routine) routine();
  }
}
#else
struct onexit_table {
  _onexit_t *first, *last, *end;
};
int _register_onexit_function(struct onexit_table* table, _onexit_t routine);
int _execute_onexit_table(struct onexit_table* table);
static struct onexit_table table;

_onexit_t _onexit(_onexit_t routine) {
  return _register_onexit_function(&table, routine) == 0 ? routine : 0;
}
void crt_run_module_exit_routines(void) {
  _execute_onexit_table(&table);
}
#endif

int atexit(void(__cdecl* routine)(void)) {
  return _onexit((_onexit_t)(void*)routine) ? 0 : -1;
}
