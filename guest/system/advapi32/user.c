/* The user, as the environment names it. */
#include "system/win32.h"
#include "system/win32_strings.h"

#define ERROR_INSUFFICIENT_BUFFER 122

/* Sizes count the zero, before and after. */
BOOL WINAPI GetUserNameW(WCHAR* to, DWORD* room) {
  static const WCHAR name[] = L"lab";
  DWORD needed = sizeof name / sizeof *name, given = *room;
  *room = needed;
  if (!to || given < needed) {
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
    return FALSE;
  }
  lstrcpyW(to, name);
  return TRUE;
}

BOOL WINAPI GetUserNameA(char* to, DWORD* room) {
  static const char name[] = "lab";
  DWORD needed = sizeof name, given = *room;
  *room = needed;
  if (!to || given < needed) {
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
    return FALSE;
  }
  lstrcpyA(to, name);
  return TRUE;
}
