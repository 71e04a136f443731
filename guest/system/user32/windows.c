/* Enumeration of windows: what makes user32 call back into the program. A desktop of four windows
 * that never changes; the order is the one from top to bottom. */
#include "system/win32.h"

static const ULONG desktop[] = {0x10010, 0x10014, 0x10018, 0x1001c};

/* Stops, and says FALSE, when the callback says so. */
static BOOL call_for_each(const ULONG* windows, ULONG count, WINDOW_CALLBACK callback,
                          LONG parameter) {
  for (ULONG i = 0; i < count; ++i) {
    if (!callback((HANDLE)windows[i], parameter)) return FALSE;
  }
  return TRUE;
}

BOOL WINAPI EnumWindows(WINDOW_CALLBACK callback, LONG parameter) {
  return call_for_each(desktop, sizeof desktop / sizeof desktop[0], callback, parameter);
}

/* All of the desktop's windows belong to its one other thread; the program has none. */
BOOL WINAPI EnumThreadWindows(DWORD thread, WINDOW_CALLBACK callback, LONG parameter) {
  return call_for_each(desktop, 0, callback, parameter);
}

/* Null stands for the desktop; none of its windows has children. */
BOOL WINAPI EnumChildWindows(HANDLE parent, WINDOW_CALLBACK callback, LONG parameter) {
  return parent ? call_for_each(desktop, 0, callback, parameter) : EnumWindows(callback, parameter);
}
