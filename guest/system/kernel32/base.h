/* kernel32's inner parts, shared between its files. */
#ifndef SYSTEM_KERNEL32_BASE_H
#define SYSTEM_KERNEL32_BASE_H

#include "system/ntdll/ntdll.h"
#include "system/win32.h"
#include "system/win32_errors.h"

#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87
#define ERROR_CALL_NOT_IMPLEMENTED 120
#define ERROR_ALREADY_EXISTS 183
#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_MOD_NOT_FOUND 126
#define ERROR_NO_MORE_ITEMS 259
#define ERROR_NOT_ENOUGH_MEMORY 8

/* A relative timeout in the kernel's terms; null stands for ever. */
static inline LARGE_INTEGER* timeout_of(DWORD milliseconds, LARGE_INTEGER* timeout) {
  if (milliseconds == INFINITE) return 0;
  *timeout = -(LARGE_INTEGER)milliseconds * 10000;
  return timeout;
}

/* modules.c: an ANSI name as UTF-16 in `wide`, which has room for MAX_PATH characters. */
BOOL BasepWidenName(const char* name, WCHAR* wide);

/* console.c: makes the ANSI copy of the command line. */
VOID BasepMakeCommandLine(void);

#endif
