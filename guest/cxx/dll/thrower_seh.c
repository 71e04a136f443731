/* The structured half of the DLL. */
#include "system/win32.h"

static void finally_around(void(__cdecl* callback)(int), int value, int* finished) {
  __try {
    callback(value);
  } __finally {
    *finished = AbnormalTermination() ? 1 : -1;
  }
}

unsigned long __cdecl except_from(void(__cdecl* callback)(int), int value, int* finished) {
  unsigned long code = 0;
  __try {
    finally_around(callback, value, finished);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    code = GetExceptionCode();
  }
  return code;
}
