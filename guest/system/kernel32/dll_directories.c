/* Where DLLs are looked for. The lab's loader knows one place, so that a program may narrow the
 * search, which most do to be safe, but not add a folder of its own. */
#include "system/kernel32/strings.h"

#define LOAD_LIBRARY_SEARCH_FLAGS 0x1f00u

static const char own_folder[] = "a folder to look for DLLs in";

BOOL WINAPI SetDefaultDllDirectories(DWORD flags) {
  if (!flags || (flags & ~(LOAD_LIBRARY_SEARCH_FLAGS & ~0x100u))) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  return TRUE;
}

/* Null: as at first; an empty name: without the current directory. */
BOOL WINAPI SetDllDirectoryW(const WCHAR* name) {
  if (name && *name) LabUnmodelled(own_folder);
  return TRUE;
}
BOOL WINAPI SetDllDirectoryA(const char* name) {
  if (name && *name) LabUnmodelled(own_folder);
  return TRUE;
}
DWORD WINAPI GetDllDirectoryW(DWORD room, WCHAR* to) {
  return BasepGiveWide(L"", 0, to, room);
}
DWORD WINAPI GetDllDirectoryA(DWORD room, char* to) {
  return BasepGiveAnsi(L"", 0, to, room);
}

DWORD WINAPI GetFileAttributesW(const WCHAR* name);
PVOID WINAPI AddDllDirectory(const WCHAR* name) {
  if (!name || !*name || name[1] != ':') {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  if (GetFileAttributesW(name) == 0xffffffffu) return 0;
  LabUnmodelled(own_folder);
}
BOOL WINAPI RemoveDllDirectory(PVOID cookie) {
  SetLastError(ERROR_INVALID_PARAMETER);
  return FALSE;
}
