/* Paths taken apart and put together, and made complete (documented under _splitpath, _makepath
 * and _fullpath). */
#include <direct.h>

#include "names.h"

#define CHAR char
#define SPLIT _splitpath
#define SPLIT_S _splitpath_s
#define MAKE _makepath
#define MAKE_S _makepath_s
#include "paths.inc"

#define LONGEST 1024

/* Without a place of its own the result is on the heap. An empty path is the current folder. */
wchar_t* _wfullpath(wchar_t* to, const wchar_t* path, size_t room) {
  wchar_t full[LONGEST];
  if (!path || !*path) return _wgetcwd(to, (int)room);
  if (to && room == 0) {
    crt_invalid_parameter();
    return 0;
  }
  const DWORD length = GetFullPathNameW(path, LONGEST, full, 0);
  if (length == 0 || length >= LONGEST) {
    crt_done(FALSE);
    return 0;
  }
  if (!to) return _wcsdup(full);
  if (length < room) return wcscpy(to, full);
  errno = ERANGE;
  return 0;
}

char* _fullpath(char* to, const char* path, size_t room) {
  if (!path || !*path) return _getcwd(to, (int)room);
  if (to && room == 0) {
    crt_invalid_parameter();
    return 0;
  }
  wchar_t* wide = crt_wide_name(path);
  wchar_t* full = wide ? _wfullpath(0, wide, 0) : 0;
  free(wide);
  if (!full) return 0;
  char* narrow = crt_narrow(full, wcslen(full) + 1);
  free(full);
  if (!to || !narrow) return narrow;
  char* result = to;
  if (strlen(narrow) < room) {
    strcpy(to, narrow);
  } else {
    errno = ERANGE;
    result = 0;
  }
  free(narrow);
  return result;
}
