/* Files: what kernel32's files share between them. */
#ifndef SYSTEM_KERNEL32_FILES_H
#define SYSTEM_KERNEL32_FILES_H

#include "system/kernel32/objects.h"
#include "system/kernel32/strings.h"

#define ERROR_FILE_NOT_FOUND 2
#define ERROR_PATH_NOT_FOUND 3
#define ERROR_ACCESS_DENIED 5
#define ERROR_NO_MORE_FILES 18
#define ERROR_BAD_LENGTH 24
#define ERROR_BAD_NETPATH 53
#define ERROR_FILE_EXISTS 80
#define ERROR_NEGATIVE_SEEK 131
#define ERROR_FILENAME_EXCED_RANGE 206
#define ERROR_DIRECTORY 267
#define INVALID_HANDLE_VALUE ((HANDLE)-1)
#define GENERIC_READ 0x80000000
#define GENERIC_WRITE 0x40000000
#define INVALID_FILE_ATTRIBUTES 0xffffffffu
#define FILE_ATTRIBUTE_READONLY 0x1
#define FILE_ATTRIBUTE_DIRECTORY 0x10
#define BASEP_LONGEST_PATH 1024

/* A name as NtCreateFile takes it. */
typedef struct BASEP_PATH {
  OBJECT_ATTRIBUTES Attributes;
  UNICODE_STRING String;
  WCHAR Text[BASEP_LONGEST_PATH];
} BASEP_PATH;

typedef struct FILE_NETWORK_OPEN_INFORMATION {
  LARGE_INTEGER Created, Accessed, Written, Changed, Allocated, Size;
  ULONG Attributes, Unused;
} FILE_NETWORK_OPEN_INFORMATION;

/* An ANSI (or OEM) name of a file as UTF-16 on the heap, as BasepWiden, and as BasepGiveAnsi back.
 */
WCHAR* BasepWidenFileName(const char* name);
DWORD BasepGiveFileName(const WCHAR* name, DWORD length, char* to, DWORD room);
ULONG BasepFullPath(const WCHAR* name, WCHAR* to, ULONG room);
BOOL BasepNtPath(const WCHAR* name, BASEP_PATH* path);
DWORD WINAPI GetFileAttributesW(const WCHAR* name);
DWORD WINAPI GetEnvironmentVariableW(const WCHAR* name, WCHAR* to, DWORD room);
UINT WINAPI GetWindowsDirectoryW(WCHAR* to, UINT room);
UINT WINAPI GetSystemDirectoryW(WCHAR* to, UINT room);
DWORD WINAPI GetFullPathNameW(const WCHAR* name, DWORD room, WCHAR* to, WCHAR** file_part);
HANDLE WINAPI CreateFileW(const WCHAR* name, DWORD access, DWORD share, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE like);

NTSTATUS NTAPI NtCreateFile(HANDLE* file, ACCESS_MASK access, PVOID attributes,
                            IO_STATUS_BLOCK* status, LARGE_INTEGER* size, ULONG file_attributes,
                            ULONG share, ULONG disposition, ULONG options, PVOID ea,
                            ULONG ea_bytes);
NTSTATUS NTAPI NtFlushBuffersFile(HANDLE file, IO_STATUS_BLOCK* status);
NTSTATUS NTAPI NtQueryInformationFile(HANDLE file, IO_STATUS_BLOCK* status, PVOID buffer,
                                      ULONG bytes, ULONG information_class);
NTSTATUS NTAPI NtSetInformationFile(HANDLE file, IO_STATUS_BLOCK* status, const void* buffer,
                                    ULONG bytes, ULONG information_class);
NTSTATUS NTAPI NtQueryVolumeInformationFile(HANDLE file, IO_STATUS_BLOCK* status, PVOID buffer,
                                            ULONG bytes, ULONG information_class);
#define FileFsDeviceInformation 4
#define FILE_DEVICE_DISK 7
#define FILE_DEVICE_CONSOLE 0x50
#define FILE_DEVICE_NAMED_PIPE 0x11
NTSTATUS NTAPI NtQueryFullAttributesFile(PVOID attributes, FILE_NETWORK_OPEN_INFORMATION* to);
NTSTATUS NTAPI NtQueryDirectoryFile(HANDLE file, HANDLE event, PVOID apc, PVOID apc_context,
                                    IO_STATUS_BLOCK* status, PVOID buffer, ULONG bytes,
                                    ULONG information_class, BOOLEAN single,
                                    UNICODE_STRING* pattern, BOOLEAN restart);
#define FileBothDirectoryInformation 3
#define FileBasicInformation 4
#define FileStandardInformation 5
#define FileInternalInformation 6
#define FileAccessInformation 8
#define FileNameInformation 9
#define FileRenameInformation 10
#define FileDispositionInformation 13
#define FilePositionInformation 14
#define FileEndOfFileInformation 20
#define FileNetworkOpenInformation 34
#define FILE_DIRECTORY_FILE 0x1
#define FILE_NON_DIRECTORY_FILE 0x40
#define FILE_DELETE_ON_CLOSE 0x1000
#define DELETE_RIGHT 0x10000
#define SHARE_ALL 7

#endif
