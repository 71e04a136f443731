/* kernel32's inner parts for text: ANSI arguments as UTF-16 and results back. */
#ifndef SYSTEM_KERNEL32_STRINGS_H
#define SYSTEM_KERNEL32_STRINGS_H

#include "system/kernel32/base.h"
#include "system/ntdll/strings.h"

#define CP_ACP 0
#define CP_OEMCP 1
#define CP_THREAD_ACP 3
#define CP_UTF8 65001
#define ERROR_BUFFER_OVERFLOW 111
#define ERROR_INVALID_NAME 123
#define ERROR_MORE_DATA 234
#define ERROR_INVALID_FLAGS 1004
#define ERROR_NO_UNICODE_TRANSLATION 1113

ULONG BasepLength(const WCHAR* text);
/* A zero-terminated ANSI string as UTF-16 on the heap; null (and the last error) without memory.
 * RtlFreeHeap gives it back. */
WCHAR* BasepWiden(const char* text);
VOID BasepFree(PVOID block);
/* Results of the kind "characters without the zero; what is needed with it when there is no room":
 * as UTF-16, and as ANSI. */
DWORD BasepGiveWide(const WCHAR* text, DWORD length, WCHAR* to, DWORD room);
DWORD BasepGiveAnsi(const WCHAR* text, DWORD length, char* to, DWORD room);

#endif
