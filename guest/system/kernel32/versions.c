/* Which Windows this is, as the profile has it. A program without a manifest is told of Windows 8
 * by later systems (Microsoft: "Targeting your application for Windows"). */
#include "system/kernel32/strings.h"

typedef struct OSVERSIONINFOEXW {
  DWORD Size, Major, Minor, Build, Platform;
  WCHAR ServicePack[128];
  WORD ServicePackMajor, ServicePackMinor, SuiteMask;
  BYTE ProductType, Reserved;
} OSVERSIONINFOEXW;
_Static_assert(sizeof(OSVERSIONINFOEXW) == 284, "OSVERSIONINFOEXW of the SDK");

typedef struct OSVERSIONINFOEXA {
  DWORD Size, Major, Minor, Build, Platform;
  char ServicePack[128];
  WORD ServicePackMajor, ServicePackMinor, SuiteMask;
  BYTE ProductType, Reserved;
} OSVERSIONINFOEXA;
_Static_assert(sizeof(OSVERSIONINFOEXA) == 156, "OSVERSIONINFOEXA of the SDK");

#define OFFSET_OF_MORE(type) offsetof(type, ServicePackMajor)

static void told(DWORD* major, DWORD* minor, DWORD* build) {
  const PEB* peb = current_peb();
  BOOL later = peb->OSMajorVersion > 6 || (peb->OSMajorVersion == 6 && peb->OSMinorVersion > 2);
  *major = later ? 6 : peb->OSMajorVersion;
  *minor = later ? 2 : peb->OSMinorVersion;
  *build = later ? 9200 : peb->OSBuildNumber;
}

BOOL WINAPI GetVersionExW(OSVERSIONINFOEXW* information) {
  DWORD size = information->Size;
  if (size != sizeof *information && size != OFFSET_OF_MORE(OSVERSIONINFOEXW)) {
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
    return FALSE;
  }
  RtlZeroMemory(information, size);
  information->Size = size;
  told(&information->Major, &information->Minor, &information->Build);
  information->Platform = 2;
  if (size == sizeof *information) {
    information->SuiteMask = 0x100; /* VER_SUITE_SINGLEUSERTS */
    information->ProductType = 1;   /* VER_NT_WORKSTATION */
  }
  return TRUE;
}

BOOL WINAPI GetVersionExA(OSVERSIONINFOEXA* information) {
  DWORD size = information->Size;
  if (size != sizeof *information && size != OFFSET_OF_MORE(OSVERSIONINFOEXA)) {
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
    return FALSE;
  }
  RtlZeroMemory(information, size);
  information->Size = size;
  told(&information->Major, &information->Minor, &information->Build);
  information->Platform = 2;
  if (size == sizeof *information) {
    information->SuiteMask = 0x100;
    information->ProductType = 1;
  }
  return TRUE;
}
