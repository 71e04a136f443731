/* Modules by name and by handle. */
#include "system/kernel32/base.h"
#include "system/ntdll/strings.h"

#define DONT_RESOLVE_DLL_REFERENCES 0x1
#define LOAD_LIBRARY_AS_DATAFILE 0x2

/* An ANSI name as UTF-16 in `wide`, which has room for MAX_PATH characters. */
BOOL BasepWidenName(const char* name, WCHAR* wide) {
  ULONG length = 0;
  for (; name[length]; ++length) {
    if (length == MAX_PATH - 1) return succeeded(STATUS_NAME_TOO_LONG);
    wide[length] = RtlpByteToUnicode(RTLP_ANSI, (UCHAR)name[length]);
  }
  wide[length] = 0;
  return TRUE;
}

HMODULE WINAPI LoadLibraryExW(const WCHAR* name, HANDLE file, DWORD flags) {
  UNICODE_STRING string;
  PVOID module = 0;
  if (!name || flags & (DONT_RESOLVE_DLL_REFERENCES | LOAD_LIBRARY_AS_DATAFILE)) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  RtlInitUnicodeString(&string, name);
  return succeeded(LdrLoadDll(0, 0, &string, &module)) ? module : 0;
}

HMODULE WINAPI LoadLibraryExA(const char* name, HANDLE file, DWORD flags) {
  WCHAR wide[MAX_PATH];
  if (!name) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  if (!BasepWidenName(name, wide)) return 0;
  return LoadLibraryExW(wide, file, flags);
}

HMODULE WINAPI LoadLibraryW(const WCHAR* name) {
  return LoadLibraryExW(name, 0, 0);
}
HMODULE WINAPI LoadLibraryA(const char* name) {
  return LoadLibraryExA(name, 0, 0);
}

BOOL WINAPI FreeLibrary(HMODULE module) {
  return succeeded(LdrUnloadDll(module));
}

HMODULE WINAPI GetModuleHandleW(const WCHAR* name) {
  UNICODE_STRING string;
  PVOID module = 0;
  if (!name) return current_peb()->ImageBaseAddress;
  RtlInitUnicodeString(&string, name);
  return succeeded(LdrGetDllHandle(0, 0, &string, &module)) ? module : 0;
}

HMODULE WINAPI GetModuleHandleA(const char* name) {
  WCHAR wide[MAX_PATH];
  if (!name) return current_peb()->ImageBaseAddress;
  return BasepWidenName(name, wide) ? GetModuleHandleW(wide) : 0;
}

#define GET_MODULE_HANDLE_EX_FLAG_PIN 1
#define GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT 2
#define GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS 4

static BOOL refuse_handle(DWORD error) {
  SetLastError(error);
  return FALSE;
}

/* Reference counts go up but with UNCHANGED_REFCOUNT; the module is null after a failure. */
BOOL WINAPI GetModuleHandleExW(DWORD flags, const WCHAR* name, HMODULE* module) {
  PVOID found = 0;
  if (!module) return refuse_handle(ERROR_INVALID_PARAMETER);
  *module = 0;
  if (flags > 7 || (flags & 3) == 3 || (!name && (flags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS)))
    return refuse_handle(ERROR_INVALID_PARAMETER);
  if (flags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS) {
    RtlPcToFileHeader((PVOID)name, &found);
  } else {
    found = GetModuleHandleW(name);
  }
  if (!found) return refuse_handle(ERROR_MOD_NOT_FOUND);
  if (!(flags & GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT) &&
      !succeeded(
          LdrAddRefDll(flags & GET_MODULE_HANDLE_EX_FLAG_PIN ? LDR_ADDREF_DLL_PIN : 0, found)))
    return FALSE;
  *module = found;
  return TRUE;
}

BOOL WINAPI GetModuleHandleExA(DWORD flags, const char* name, HMODULE* module) {
  WCHAR wide[MAX_PATH];
  if (!name || (flags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS))
    return GetModuleHandleExW(flags, (const WCHAR*)name, module);
  if (module) *module = 0;
  return BasepWidenName(name, wide) && GetModuleHandleExW(flags, wide, module);
}

/* The module may be the caller's own: nothing returns to it. */
NORETURN VOID WINAPI FreeLibraryAndExitThread(HMODULE module, DWORD code) {
  LdrUnloadDll(module);
  RtlExitUserThread((NTSTATUS)code);
}

/* Characters copied; as many as there is room for, with an error, when the path is longer. */
DWORD WINAPI GetModuleFileNameW(HMODULE module, WCHAR* path, DWORD room) {
  WCHAR whole[sizeof "C:\\lab\\" + 255]; /* a host's file has a name of at most 255 bytes */
  UNICODE_STRING string = {0, sizeof whole, whole};
  if (!succeeded(LdrGetDllFullName(module, &string))) return 0;
  DWORD length = string.Length / sizeof(WCHAR);
  DWORD copied = length < room ? length : room;
  for (DWORD i = 0; i < copied; ++i) path[i] = whole[i];
  if (copied < room) {
    path[copied] = 0;
    SetLastError(0);
  } else {
    if (room) path[room - 1] = 0;
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
  }
  return copied;
}

DWORD WINAPI GetModuleFileNameA(HMODULE module, char* path, DWORD room) {
  WCHAR wide[MAX_PATH];
  DWORD wide_room = room < MAX_PATH ? room : MAX_PATH;
  DWORD length = GetModuleFileNameW(module, wide, wide_room);
  for (DWORD i = 0; i < length; ++i) path[i] = (char)wide[i];
  if (length < room)
    path[length] = 0;
  else if (room)
    path[room - 1] = 0;
  return length;
}

/* A name below 64 KiB is an ordinal. */
PVOID WINAPI GetProcAddress(HMODULE module, const char* name) {
  PVOID address = 0;
  NTSTATUS status;
  if (!module) module = current_peb()->ImageBaseAddress;
  if ((ULONG_PTR)name < 0x10000) {
    status = LdrGetProcedureAddress(module, 0, (ULONG)name, &address);
  } else {
    ANSI_STRING string;
    RtlInitAnsiString(&string, name);
    status = LdrGetProcedureAddress(module, &string, 0, &address);
  }
  return succeeded(status) ? address : 0;
}

BOOL WINAPI DisableThreadLibraryCalls(HMODULE module) {
  return succeeded(LdrDisableThreadCalloutsForDll(module));
}
