/* What a call of a pure virtual function comes to. */
#include "system/win32.h"

typedef void(__cdecl* PURECALL_HANDLER)(void);
NORETURN void __cdecl abort(void);

static PURECALL_HANDLER purecall_handler;

PURECALL_HANDLER __cdecl _set_purecall_handler(PURECALL_HANDLER handler) {
  PURECALL_HANDLER before = purecall_handler;
  purecall_handler = handler;
  return before;
}
PURECALL_HANDLER __cdecl _get_purecall_handler(void) {
  return purecall_handler;
}
int __cdecl _purecall(void) {
  if (purecall_handler) purecall_handler();
  abort();
}
