/* atexit of a program: the runtime's own list. */
#include <stdlib.h>

#if CRT_MSVCRT
int atexit(void(__cdecl* routine)(void)) {
  return _onexit((_onexit_t)(void*)routine) ? 0 : -1;
}
#else
int _crt_atexit(void(__cdecl* routine)(void));
int _crt_at_quick_exit(void(__cdecl* routine)(void));

int atexit(void(__cdecl* routine)(void)) {
  return _crt_atexit(routine);
}
_onexit_t _onexit(_onexit_t routine) {
  return _crt_atexit((void(__cdecl*)(void))(void*)routine) == 0 ? routine : 0;
}
int at_quick_exit(void(__cdecl* routine)(void)) {
  return _crt_at_quick_exit(routine);
}
#endif
