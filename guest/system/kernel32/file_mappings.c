/* Sections, which kernel32 calls file mappings, and their views. */
#include "system/kernel32/files.h"

#define STATUS_OBJECT_NAME_EXISTS ((NTSTATUS)0x40000000)
#define SEC_COMMIT 0x08000000u
#define SECTION_ATTRIBUTES 0xfff00000u
#define SECTION_ALL_ACCESS 0xf001f
#define FILE_MAP_COPY 1
#define FILE_MAP_WRITE 2
#define FILE_MAP_READ 4
#define FILE_MAP_EXECUTE 0x20
#define VIEW_UNMAP 2 /* children do not inherit it */

NTSTATUS NTAPI NtCreateSection(HANDLE* section, ACCESS_MASK access, PVOID attributes,
                               const LARGE_INTEGER* bytes, ULONG protect, ULONG allocation,
                               HANDLE file);
NTSTATUS NTAPI NtOpenSection(HANDLE* section, ACCESS_MASK access, PVOID attributes);
NTSTATUS NTAPI NtMapViewOfSection(HANDLE section, HANDLE process, PVOID* base, ULONG zero_bits,
                                  SIZE_T commit, LARGE_INTEGER* offset, SIZE_T* bytes,
                                  ULONG inherit, ULONG type, ULONG protect);
NTSTATUS NTAPI NtUnmapViewOfSection(HANDLE process, const void* address);
NTSTATUS NTAPI NtFlushVirtualMemory(HANDLE process, PVOID* base, SIZE_T* bytes,
                                    IO_STATUS_BLOCK* status);

static OBJECT_ATTRIBUTES* name_object(OBJECT_ATTRIBUTES* attributes, UNICODE_STRING* string,
                                      const WCHAR* name) {
  if (!name) return 0;
  RtlInitUnicodeString(string, name);
  *attributes = (OBJECT_ATTRIBUTES){sizeof *attributes, 0, string, 0x80, 0, 0};
  return attributes;
}

HANDLE WINAPI CreateFileMappingW(HANDLE file, PVOID security, DWORD protect, DWORD high, DWORD low,
                                 const WCHAR* name) {
  OBJECT_ATTRIBUTES attributes;
  UNICODE_STRING string;
  HANDLE section = 0;
  LARGE_INTEGER bytes = (LARGE_INTEGER)((uint64_t)high << 32 | low);
  DWORD kind = protect & SECTION_ATTRIBUTES;
  if (!file) return succeeded(STATUS_INVALID_HANDLE), (HANDLE)0;
  NTSTATUS status =
      NtCreateSection(&section, SECTION_ALL_ACCESS, name_object(&attributes, &string, name),
                      bytes ? &bytes : 0, protect & ~SECTION_ATTRIBUTES, kind ? kind : SEC_COMMIT,
                      file == INVALID_HANDLE_VALUE ? 0 : file);
  if (!succeeded(status)) return 0;
  SetLastError(status == STATUS_OBJECT_NAME_EXISTS ? ERROR_ALREADY_EXISTS : 0);
  return section;
}

HANDLE WINAPI CreateFileMappingA(HANDLE file, PVOID security, DWORD protect, DWORD high, DWORD low,
                                 const char* name) {
  WCHAR wide[MAX_PATH];
  if (name && !BasepWidenName(name, wide)) return 0;
  return CreateFileMappingW(file, security, protect, high, low, name ? wide : 0);
}

HANDLE WINAPI OpenFileMappingW(DWORD access, BOOL inherit, const WCHAR* name) {
  OBJECT_ATTRIBUTES attributes;
  UNICODE_STRING string;
  HANDLE section = 0;
  if (!name) return succeeded(STATUS_INVALID_PARAMETER), (HANDLE)0;
  return succeeded(NtOpenSection(&section, access, name_object(&attributes, &string, name)))
             ? section
             : 0;
}

HANDLE WINAPI OpenFileMappingA(DWORD access, BOOL inherit, const char* name) {
  WCHAR wide[MAX_PATH];
  if (name && !BasepWidenName(name, wide)) return 0;
  return OpenFileMappingW(access, inherit, name ? wide : 0);
}

static ULONG protection_of(DWORD access) {
  if (access & FILE_MAP_EXECUTE) LabUnmodelled("a view that can be executed");
  if (access & FILE_MAP_WRITE) return PAGE_READWRITE;
  if (access & FILE_MAP_READ) return PAGE_READONLY;
  return access & FILE_MAP_COPY ? PAGE_WRITECOPY : PAGE_NOACCESS;
}

PVOID WINAPI MapViewOfFileEx(HANDLE section, DWORD access, DWORD high, DWORD low, SIZE_T bytes,
                             PVOID base) {
  LARGE_INTEGER offset = (LARGE_INTEGER)((uint64_t)high << 32 | low);
  return succeeded(NtMapViewOfSection(section, CURRENT_PROCESS, &base, 0, 0, &offset, &bytes,
                                      VIEW_UNMAP, 0, protection_of(access)))
             ? base
             : 0;
}

PVOID WINAPI MapViewOfFile(HANDLE section, DWORD access, DWORD high, DWORD low, SIZE_T bytes) {
  return MapViewOfFileEx(section, access, high, low, bytes, 0);
}

BOOL WINAPI UnmapViewOfFile(const void* address) {
  return succeeded(NtUnmapViewOfSection(CURRENT_PROCESS, address));
}

BOOL WINAPI FlushViewOfFile(const void* address, SIZE_T bytes) {
  IO_STATUS_BLOCK status;
  PVOID base = (PVOID)address;
  return succeeded(NtFlushVirtualMemory(CURRENT_PROCESS, &base, &bytes, &status));
}
