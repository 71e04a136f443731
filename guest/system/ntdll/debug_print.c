/* Text for a debugger. No process of the lab has one, nor has the system: as in Windows then, the
 * text is not even put together. */
#include "system/ntdll/ntdll.h"

ULONG __cdecl DbgPrint(const char* format, ...) {
  return STATUS_SUCCESS;
}
ULONG __cdecl DbgPrintEx(ULONG component, ULONG level, const char* format, ...) {
  return STATUS_SUCCESS;
}
ULONG NTAPI vDbgPrintEx(ULONG component, ULONG level, const char* format, PVOID arguments) {
  return STATUS_SUCCESS;
}
ULONG NTAPI vDbgPrintExWithPrefix(const char* prefix, ULONG component, ULONG level,
                                  const char* format, PVOID arguments) {
  return STATUS_SUCCESS;
}
