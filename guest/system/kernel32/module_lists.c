/* The process's modules as PSAPI lists them: this process alone can be asked about. */
#include "system/kernel32/strings.h"
#include "system/ntdll/ldrp.h"

DWORD WINAPI GetModuleFileNameW(HMODULE module, WCHAR* path, DWORD room);

#define NT_ENTRY_POINT 0x28
#define NT_IMAGE_SIZE 0x50

typedef struct MODULEINFO {
  PVOID BaseOfDll;
  DWORD SizeOfImage;
  PVOID EntryPoint;
} MODULEINFO;

/* In the order in which they were loaded. `*needed` is told whatever there is room for. */
BOOL WINAPI K32EnumProcessModules(HANDLE process, HMODULE* modules, DWORD bytes, DWORD* needed) {
  ULONG count = 0;
  PVOID base;
  if (process != GetCurrentProcess()) return fail(ERROR_INVALID_HANDLE);
  for (; NT_SUCCESS(LdrpQueryModule(count, &base)); ++count) {
    if (count < bytes / sizeof(HMODULE)) modules[count] = base;
  }
  *needed = count * sizeof(HMODULE);
  return TRUE;
}

BOOL WINAPI K32EnumProcessModulesEx(HANDLE process, HMODULE* modules, DWORD bytes, DWORD* needed,
                                    DWORD filter) {
  (void)filter; /* all of a 32-bit process's modules are 32-bit ones */
  return K32EnumProcessModules(process, modules, bytes, needed);
}

static BOOL is_loaded(HMODULE module) {
  PVOID base;
  for (ULONG i = 0; NT_SUCCESS(LdrpQueryModule(i, &base)); ++i) {
    if (base == module) return TRUE;
  }
  return FALSE;
}

BOOL WINAPI K32GetModuleInformation(HANDLE process, HMODULE module, MODULEINFO* information,
                                    DWORD bytes) {
  if (bytes < sizeof *information) return fail(ERROR_INSUFFICIENT_BUFFER);
  if (process != GetCurrentProcess()) return fail(ERROR_INVALID_HANDLE);
  if (!module) module = current_peb()->ImageBaseAddress;
  const UCHAR* headers = is_loaded(module) ? RtlImageNtHeader(module) : 0;
  if (!headers) return fail(ERROR_INVALID_HANDLE);
  const ULONG entry = *(const ULONG*)(headers + NT_ENTRY_POINT);
  information->BaseOfDll = module;
  information->SizeOfImage = *(const ULONG*)(headers + NT_IMAGE_SIZE);
  information->EntryPoint = entry ? (UCHAR*)module + entry : 0;
  return TRUE;
}

DWORD WINAPI K32GetModuleFileNameExW(HANDLE process, HMODULE module, WCHAR* name, DWORD room) {
  if (process != GetCurrentProcess()) return (DWORD)fail(ERROR_INVALID_HANDLE);
  return GetModuleFileNameW(module, name, room);
}

/* The part behind the last backslash, cut to the room that there is. */
DWORD WINAPI K32GetModuleBaseNameW(HANDLE process, HMODULE module, WCHAR* name, DWORD room) {
  WCHAR path[MAX_PATH];
  DWORD length = K32GetModuleFileNameExW(process, module, path, MAX_PATH), start = length;
  if (!length || !room) return 0;
  while (start && path[start - 1] != '\\') --start;
  length -= start;
  if (length >= room) length = room - 1;
  RtlMoveMemory(name, path + start, length * sizeof(WCHAR));
  name[length] = 0;
  return length;
}

static DWORD narrow(const WCHAR* wide, DWORD length, char* name, DWORD room) {
  if (!room) return 0;
  if (length >= room) length = room - 1;
  return BasepGiveAnsi(wide, length, name, room);
}

DWORD WINAPI K32GetModuleFileNameExA(HANDLE process, HMODULE module, char* name, DWORD room) {
  WCHAR path[MAX_PATH];
  DWORD length = K32GetModuleFileNameExW(process, module, path, MAX_PATH);
  return length ? narrow(path, length, name, room) : 0;
}

DWORD WINAPI K32GetModuleBaseNameA(HANDLE process, HMODULE module, char* name, DWORD room) {
  WCHAR wide[MAX_PATH];
  DWORD length = K32GetModuleBaseNameW(process, module, wide, MAX_PATH);
  return length ? narrow(wide, length, name, room) : 0;
}
