/* An exception in a callback of EnumWindows passes the system's frames and is handled outside. */
#include "cases/steps.h"

static BOOL WINAPI callback(HANDLE window, LONG parameter) {
  (void)window;
  step('c');
  raise((DWORD)parameter);
  return TRUE;
}

PROGRAM {
  __try {
    EnumWindows(callback, 0x77);
    step('!');
  } __except (filter(GetExceptionCode() == 0x77 ? 'f' : '!', EXCEPTION_EXECUTE_HANDLER)) {
    step('h');
  }
  TRAIL("cfh");
}
