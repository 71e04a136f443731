/* The PEB, and which Windows this is. */
#include "system/ntdll/version.h"

PEB* NTAPI RtlGetCurrentPeb(void) {
  return current_peb();
}

/* The build's high bits tell a checked build from a free one, whose four bits are 1111. */
VOID NTAPI RtlGetNtVersionNumbers(ULONG* major, ULONG* minor, ULONG* build) {
  const PEB* peb = current_peb();
  if (major) *major = peb->OSMajorVersion;
  if (minor) *minor = peb->OSMinorVersion;
  if (build) *build = 0xf0000000 | peb->OSBuildNumber;
}

/* The true version, whatever the program's manifest says. */
NTSTATUS NTAPI RtlGetVersion(OSVERSIONINFOEXW* information) {
  const PEB* peb = current_peb();
  const ULONG size = information->Size, short_size = offsetof(OSVERSIONINFOEXW, ServicePackMajor);
  if (size != short_size && size != sizeof *information) return STATUS_INVALID_PARAMETER;
  RtlZeroMemory(information, size);
  information->Size = size;
  information->Major = peb->OSMajorVersion;
  information->Minor = peb->OSMinorVersion;
  information->Build = peb->OSBuildNumber;
  information->Platform = peb->OSPlatformId;
  if (size == sizeof *information) {
    information->SuiteMask = VER_SUITE_SINGLEUSERTS;
    information->ProductType = VER_NT_WORKSTATION;
  }
  return STATUS_SUCCESS;
}
