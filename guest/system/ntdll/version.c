/* The PEB, and which Windows this is. */
#include "system/ntdll/ntdll.h"

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
