/* What the runtime calls of kernel32 and ntdll beyond "system/win32.h". */
#ifndef CRT_LIBC_WANTED_H
#define CRT_LIBC_WANTED_H

#include "system/nt.h"

HANDLE WINAPI CreateFileW(const WCHAR* name, DWORD access, DWORD sharing, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE model);
BOOL WINAPI SetFilePointerEx(HANDLE file, LARGE_INTEGER distance, LARGE_INTEGER* place,
                             DWORD origin);
BOOL WINAPI SetEndOfFile(HANDLE file);
BOOL WINAPI FlushFileBuffers(HANDLE file);
DWORD WINAPI GetFileType(HANDLE file);
BOOL WINAPI SetFileTime(HANDLE file, const LARGE_INTEGER* created, const LARGE_INTEGER* accessed,
                        const LARGE_INTEGER* written);
#define FILE_TYPE_DISK 1
#define FILE_TYPE_CHAR 2
#define FILE_TYPE_PIPE 3

BOOL WINAPI DeleteFileW(const WCHAR* name);
BOOL WINAPI MoveFileExW(const WCHAR* from, const WCHAR* to, DWORD flags);
DWORD WINAPI GetFileAttributesW(const WCHAR* name);
BOOL WINAPI SetFileAttributesW(const WCHAR* name, DWORD attributes);
#define FILE_ATTRIBUTE_READONLY 0x1
#define FILE_ATTRIBUTE_DIRECTORY 0x10
#define FILE_ATTRIBUTE_NORMAL 0x80
#define INVALID_FILE_ATTRIBUTES 0xffffffffu

/* GetFileExInfoStandard's answer. Times are in 100 ns since 1601, halves with the lower first. */
typedef struct WIN32_FILE_ATTRIBUTE_DATA {
  DWORD Attributes;
  DWORD Created[2], Accessed[2], Written[2];
  DWORD SizeHigh, SizeLow;
} WIN32_FILE_ATTRIBUTE_DATA;
_Static_assert(sizeof(WIN32_FILE_ATTRIBUTE_DATA) == 36, "WIN32_FILE_ATTRIBUTE_DATA");
BOOL WINAPI GetFileAttributesExW(const WCHAR* name, DWORD level, WIN32_FILE_ATTRIBUTE_DATA* to);

typedef struct WIN32_FIND_DATAW {
  WIN32_FILE_ATTRIBUTE_DATA Data;
  DWORD Reserved[2];
  WCHAR FileName[260], AlternateFileName[14];
} WIN32_FIND_DATAW;
_Static_assert(sizeof(WIN32_FIND_DATAW) == 592, "WIN32_FIND_DATAW");
HANDLE WINAPI FindFirstFileW(const WCHAR* pattern, WIN32_FIND_DATAW* to);
BOOL WINAPI FindNextFileW(HANDLE search, WIN32_FIND_DATAW* to);
BOOL WINAPI FindClose(HANDLE search);

BOOL WINAPI CreateDirectoryW(const WCHAR* name, PVOID security);
BOOL WINAPI RemoveDirectoryW(const WCHAR* name);
BOOL WINAPI SetCurrentDirectoryW(const WCHAR* name);
DWORD WINAPI GetCurrentDirectoryW(DWORD room, WCHAR* to);
DWORD WINAPI GetFullPathNameW(const WCHAR* name, DWORD room, WCHAR* to, WCHAR** last);
DWORD WINAPI GetTempPathW(DWORD room, WCHAR* to);

typedef struct FILE_NETWORK_OPEN_INFORMATION {
  LARGE_INTEGER Created, Accessed, Written, Changed, Allocated, Size;
  ULONG Attributes, Unused;
} FILE_NETWORK_OPEN_INFORMATION;
NTSTATUS NTAPI NtQueryInformationFile(HANDLE file, PVOID status, PVOID to, ULONG bytes,
                                      ULONG information_class);
#define FileNetworkOpenInformation 34

#define ERROR_PATH_NOT_FOUND 3
#define ERROR_ACCESS_DENIED 5
#define ERROR_INVALID_DRIVE 15
#define ERROR_BROKEN_PIPE 109

#endif
