/* The registry, which is empty: as Microsoft documents each function for what is not there. */
#include "cases/say.h"

#define HKEY_CURRENT_USER ((HANDLE)0x80000001)
#define HKEY_LOCAL_MACHINE ((HANDLE)0x80000002)
#define READ_ACCESS 0x20019

LONG WINAPI RegOpenKeyExA(HANDLE key, const char* name, DWORD options, DWORD access, HANDLE* to);
LONG WINAPI RegOpenKeyExW(HANDLE key, const WCHAR* name, DWORD options, DWORD access, HANDLE* to);
LONG WINAPI RegQueryValueExA(HANDLE key, const char* name, DWORD* reserved, DWORD* type, BYTE* data,
                             DWORD* bytes);
LONG WINAPI RegEnumValueA(HANDLE key, DWORD index, char* name, DWORD* length, DWORD* reserved,
                          DWORD* type, BYTE* data, DWORD* bytes);
LONG WINAPI RegCloseKey(HANDLE key);

int failures;

void start(void) {
  HANDLE key = 0;
  BYTE data[8];
  char name[8];
  DWORD bytes = sizeof data, length = sizeof name;
  CHECK(RegOpenKeyExA(HKEY_CURRENT_USER, "Software\\No Such Key", 0, READ_ACCESS, &key) == 2);
  CHECK(RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"No Such Key", 0, READ_ACCESS, &key) == 2);
  CHECK(RegOpenKeyExA((HANDLE)0x123, "Software", 0, READ_ACCESS, &key) == 6);
  CHECK(RegOpenKeyExA(HKEY_CURRENT_USER, "", 0, READ_ACCESS, &key) == 0 && key);
  CHECK(RegQueryValueExA(key, "No Such Value", 0, 0, data, &bytes) == 2);
  CHECK(RegEnumValueA(key, 1000, name, &length, 0, 0, 0, 0) == 259);
  CHECK(RegCloseKey(key) == 0 && RegCloseKey((HANDLE)0x123) == 6);
  CHECK_ENDS("registry");
}
