/* ntdll's part in debugging, and pointers that are kept encoded. */
#include "system/ntdll/ntdll.h"

#define DBG_PRINTEXCEPTION_C 0x40010006

VOID NTAPI DbgBreakPoint(void) {
  __asm__ volatile("int3");
}
VOID NTAPI DbgUserBreakPoint(void) {
  __asm__ volatile("int3");
}

/* The true version, whatever the program's manifest says. */
NTSTATUS NTAPI RtlGetVersion(ULONG* information) {
  const PEB* peb = current_peb();
  ULONG size = information[0];
  if (size != 276 && size != 284) return STATUS_INVALID_PARAMETER;
  RtlZeroMemory(information, size);
  information[0] = size;
  information[1] = peb->OSMajorVersion;
  information[2] = peb->OSMinorVersion;
  information[3] = peb->OSBuildNumber;
  information[4] = peb->OSPlatformId;
  /* wSuiteMask VER_SUITE_SINGLEUSERTS, wProductType VER_NT_WORKSTATION */
  if (size == 284) information[70] = 0x00010100;
  return STATUS_SUCCESS;
}

/* The cookie of a real system is random; this one is fixed, as all of the lab is. */
#define PROCESS_COOKIE 0x5e41ab17u

static ULONG rotate_right(ULONG value, ULONG by) {
  return by ? value >> by | value << (32 - by) : value;
}
PVOID NTAPI RtlEncodePointer(PVOID pointer) {
  return (PVOID)rotate_right((ULONG)pointer ^ PROCESS_COOKIE, PROCESS_COOKIE & 0x1f);
}
PVOID NTAPI RtlDecodePointer(PVOID pointer) {
  return (PVOID)(rotate_right((ULONG)pointer, 32 - (PROCESS_COOKIE & 0x1f)) ^ PROCESS_COOKIE);
}
PVOID NTAPI RtlEncodeSystemPointer(PVOID pointer) {
  return RtlEncodePointer(pointer);
}
PVOID NTAPI RtlDecodeSystemPointer(PVOID pointer) {
  return RtlDecodePointer(pointer);
}
