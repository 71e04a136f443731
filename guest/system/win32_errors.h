/* How calls fail: the last error is set, and FALSE (or 0) is what they return. */
#ifndef SYSTEM_WIN32_ERRORS_H
#define SYSTEM_WIN32_ERRORS_H

#include "system/ntdll/ntdll.h"

/* Sets the last error; always FALSE. */
static inline BOOL fail(DWORD error) {
  RtlSetLastWin32Error(error);
  return FALSE;
}

/* Sets the last error from a failed status; whether the status was a success. */
static inline BOOL succeeded(NTSTATUS status) {
  if (NT_SUCCESS(status)) return TRUE;
  return fail(RtlNtStatusToDosError(status));
}

#endif
