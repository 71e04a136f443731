/* ntdll's part in debugging, and pointers that are kept encoded. */
#include "system/ntdll/ntdll.h"

#define DBG_PRINTEXCEPTION_C 0x40010006

VOID NTAPI DbgBreakPoint(void) {
  __asm__ volatile("int3");
}
VOID NTAPI DbgUserBreakPoint(void) {
  __asm__ volatile("int3");
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
