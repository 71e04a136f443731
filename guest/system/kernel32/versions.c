/* Which Windows this is, as the profile has it. A program without a manifest is told of Windows 8
 * by later systems (Microsoft: "Targeting your application for Windows"). */
#include "system/ntdll/version.h"

#include "system/kernel32/strings.h"

#define ERROR_OLD_WIN_VERSION 1150
#define ERROR_BAD_ARGUMENTS 160

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

DWORD WINAPI GetVersion(void) {
  DWORD major, minor, build;
  told(&major, &minor, &build);
  return build << 16 | (minor & 0xff) << 8 | (major & 0xff);
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
  information->Platform = VER_PLATFORM_WIN32_NT;
  if (size == sizeof *information) {
    information->SuiteMask = VER_SUITE_SINGLEUSERTS;
    information->ProductType = VER_NT_WORKSTATION;
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
  information->Platform = VER_PLATFORM_WIN32_NT;
  if (size == sizeof *information) {
    information->SuiteMask = VER_SUITE_SINGLEUSERTS;
    information->ProductType = VER_NT_WORKSTATION;
  }
  return TRUE;
}

/* Against the version that a program is told, not the real one. */
BOOL WINAPI VerifyVersionInfoW(const OSVERSIONINFOEXW* wanted, DWORD kinds, ULONGLONG mask) {
  OSVERSIONINFOEXW is = {.Size = sizeof is};
  GetVersionExW(&is);
  NTSTATUS status = RtlpVerifyVersion(&is, wanted, kinds, mask);
  if (NT_SUCCESS(status)) return TRUE;
  SetLastError(status == STATUS_REVISION_MISMATCH ? ERROR_OLD_WIN_VERSION : ERROR_BAD_ARGUMENTS);
  return FALSE;
}

BOOL WINAPI VerifyVersionInfoA(const OSVERSIONINFOEXA* wanted, DWORD kinds, ULONGLONG mask) {
  OSVERSIONINFOEXW wide = {.Size = sizeof wide};
  wide.Major = wanted->Major, wide.Minor = wanted->Minor, wide.Build = wanted->Build;
  wide.Platform = wanted->Platform;
  wide.ServicePackMajor = wanted->ServicePackMajor;
  wide.ServicePackMinor = wanted->ServicePackMinor;
  wide.SuiteMask = wanted->SuiteMask;
  wide.ProductType = wanted->ProductType;
  return VerifyVersionInfoW(&wide, kinds, mask);
}
