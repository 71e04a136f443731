/* std::terminate: the thread's handler, then abort. (ucrtbase has it; the rest of the exceptions is
 * in vcruntime140; msvcrt has both.) */
#include "crt/eh/names.h"
#include "system/win32.h"

typedef void(__cdecl* TERMINATE_HANDLER)(void);
NORETURN void __cdecl abort(void);

static volatile LONG slot = (LONG)TLS_OUT_OF_INDEXES;

static DWORD handler_slot(void) {
  if ((DWORD)slot == TLS_OUT_OF_INDEXES) {
    DWORD mine = TlsAlloc();
    LONG before = InterlockedCompareExchange(&slot, (LONG)mine, (LONG)TLS_OUT_OF_INDEXES);
    if ((DWORD)before != TLS_OUT_OF_INDEXES) TlsFree(mine);
  }
  return (DWORD)slot;
}

TERMINATE_HANDLER __cdecl _get_terminate(void) {
  TERMINATE_HANDLER handler = (TERMINATE_HANDLER)TlsGetValue(handler_slot());
  return handler ? handler : (TERMINATE_HANDLER)abort;
}

TERMINATE_HANDLER __cdecl set_terminate(TERMINATE_HANDLER handler)
    CRT_NAME("_set_terminate", "?set_terminate@@YAP6AXXZP6AXXZ@Z");
TERMINATE_HANDLER __cdecl set_terminate(TERMINATE_HANDLER handler) {
  TERMINATE_HANDLER before = _get_terminate();
  TlsSetValue(handler_slot(), (PVOID)handler);
  return before;
}

/* Exceptions out of the handler go no further. */
NORETURN void __cdecl crt_terminate(void) CRT_NAME("_terminate", "?terminate@@YAXXZ");
NORETURN void __cdecl crt_terminate(void) {
  __try {
    _get_terminate()();
  } __except (EXCEPTION_EXECUTE_HANDLER) {
  }
  abort();
}
