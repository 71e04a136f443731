/* EnumWindows calls back once a window until the callback says stop. Windows documents the
 * results; how many windows there are is the desktop's affair. */
#include "cases/say.h"

int failures;
static int calls, stop_at;
static LONG seen_parameter;

static BOOL WINAPI count(HANDLE window, LONG parameter) {
  seen_parameter = parameter;
  return ++calls != stop_at;
}

void start(void) {
  HMODULE user = LoadLibraryA("user32");
  CHECK(user != 0 && user == GetModuleHandleA("USER32.DLL"));
  BOOL(WINAPI * enumerate)(WINDOW_CALLBACK, LONG) = GetProcAddress(user, "EnumWindows");
  CHECK(enumerate != 0);
  CHECK(enumerate(count, 5));
  CHECK(calls > 1 && seen_parameter == 5);
  calls = 0;
  stop_at = 2;
  CHECK(!enumerate(count, 0));
  CHECK(calls == 2);
  CHECK(FreeLibrary(user));
  CHECK_ENDS("windows");
}
