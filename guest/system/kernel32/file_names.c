/* In which code page programs give and take the names of files: the ANSI one, or the OEM one after
 * SetFileApisToOEM. */
#include "system/kernel32/files.h"

static BOOL oem;

VOID WINAPI SetFileApisToOEM(void) {
  oem = TRUE;
}

VOID WINAPI SetFileApisToANSI(void) {
  oem = FALSE;
}

BOOL WINAPI AreFileApisANSI(void) {
  return !oem;
}

WCHAR* BasepWidenFileName(const char* name) {
  if (!name) name = "";
  if (!oem) return BasepWiden(name);
  ULONG bytes = (ULONG)__builtin_strlen(name) + 1;
  WCHAR* wide = RtlAllocateHeap(GetProcessHeap(), 0, bytes * sizeof(WCHAR));
  if (!wide) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return 0;
  }
  RtlOemToUnicodeN(wide, bytes * sizeof(WCHAR), 0, name, bytes);
  return wide;
}

DWORD BasepGiveFileName(const WCHAR* name, DWORD length, char* to, DWORD room) {
  if (!oem) return BasepGiveAnsi(name, length, to, room);
  if (room <= length) return length + 1;
  RtlUnicodeToOemN(to, length, 0, name, length * sizeof(WCHAR));
  to[length] = 0;
  return length;
}
