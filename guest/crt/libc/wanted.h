/* What the runtime calls of kernel32 beyond "system/win32.h". */
#ifndef CRT_LIBC_WANTED_H
#define CRT_LIBC_WANTED_H

#include "system/nt.h"

HANDLE WINAPI CreateFileW(const WCHAR* name, DWORD access, DWORD sharing, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE model);
BOOL WINAPI SetFilePointerEx(HANDLE file, LARGE_INTEGER distance, LARGE_INTEGER* place,
                             DWORD origin);
BOOL WINAPI FlushFileBuffers(HANDLE file);
BOOL WINAPI DeleteFileW(const WCHAR* name);
BOOL WINAPI MoveFileExW(const WCHAR* from, const WCHAR* to, DWORD flags);
DWORD WINAPI GetFileAttributesW(const WCHAR* name);

#define ERROR_ACCESS_DENIED 5
#define ERROR_BROKEN_PIPE 109

#endif
