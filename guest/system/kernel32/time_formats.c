/* Enumeration of a locale's formats of the time: kernel32 calls back into the program. The user's
 * locale is en-US, with what its control panel offers. */
#include "system/kernel32/base.h"

#define TIME_NOSECONDS 2
#define ERROR_INVALID_FLAGS 1004

typedef BOOL(WINAPI* TIME_FORMAT_CALLBACK_EX)(const WCHAR* format, LONG parameter);

#define FORMATS 4
static const WCHAR with_seconds[FORMATS][12] = {
    {'h', ':', 'm', 'm', ':', 's', 's', ' ', 't', 't'},
    {'h', 'h', ':', 'm', 'm', ':', 's', 's', ' ', 't', 't'},
    {'H', ':', 'm', 'm', ':', 's', 's'},
    {'H', 'H', ':', 'm', 'm', ':', 's', 's'}};
static const WCHAR without_seconds[FORMATS][12] = {{'h', ':', 'm', 'm', ' ', 't', 't'},
                                                   {'h', 'h', ':', 'm', 'm', ' ', 't', 't'},
                                                   {'H', ':', 'm', 'm'},
                                                   {'H', 'H', ':', 'm', 'm'}};

/* A null name stands for the user's locale. */
static BOOL is_users_locale(const WCHAR* name) {
  static const char users[] = "en-us";
  if (!name) return TRUE;
  for (ULONG i = 0; i < sizeof users; ++i) {
    WCHAR c = name[i] >= 'A' && name[i] <= 'Z' ? (WCHAR)(name[i] + 'a' - 'A') : name[i];
    if (c != users[i]) return FALSE;
  }
  return TRUE;
}

BOOL WINAPI EnumTimeFormatsEx(TIME_FORMAT_CALLBACK_EX callback, const WCHAR* locale, DWORD flags,
                              LONG parameter) {
  if (!callback || !is_users_locale(locale)) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  if (flags & ~TIME_NOSECONDS) {
    SetLastError(ERROR_INVALID_FLAGS);
    return FALSE;
  }
  const WCHAR(*formats)[12] = flags & TIME_NOSECONDS ? without_seconds : with_seconds;
  for (ULONG i = 0; i < FORMATS; ++i) {
    if (!callback(formats[i], parameter)) break;
  }
  return TRUE;
}
