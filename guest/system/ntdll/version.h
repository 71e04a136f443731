/* What programs are told of the version of Windows. */
#ifndef SYSTEM_NTDLL_VERSION_H
#define SYSTEM_NTDLL_VERSION_H

#include "system/ntdll/ntdll.h"

#define VER_PLATFORM_WIN32_NT 2
#define VER_SUITE_SINGLEUSERTS 0x100
#define VER_NT_WORKSTATION 1
#define STATUS_REVISION_MISMATCH ((NTSTATUS)0xc0000059)

/* OSVERSIONINFOW is the part before ServicePackMajor. */
typedef struct OSVERSIONINFOEXW {
  DWORD Size, Major, Minor, Build, Platform;
  WCHAR ServicePack[128];
  WORD ServicePackMajor, ServicePackMinor, SuiteMask;
  BYTE ProductType, Reserved;
} OSVERSIONINFOEXW;
_Static_assert(sizeof(OSVERSIONINFOEXW) == 284, "OSVERSIONINFOEXW of the SDK");

NTSTATUS NTAPI RtlGetVersion(OSVERSIONINFOEXW* information);
/* Does what a system says of itself in `is` meet the conditions? STATUS_REVISION_MISMATCH: it does
 * not. */
NTSTATUS RtlpVerifyVersion(const OSVERSIONINFOEXW* is, const OSVERSIONINFOEXW* wanted, ULONG kinds,
                           ULONGLONG mask);

#endif
