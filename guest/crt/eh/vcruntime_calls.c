/* What other parts of the runtime, linked to programs, call in vcruntime140: kernel32 by other
 * names, and the traces of Visual C++ 2015's start and end, which nobody listens to. */
#include "system/win32.h"
#include "system/win32_threads.h"

DWORD __cdecl __vcrt_GetModuleFileNameW(HMODULE module, WCHAR* name, DWORD room) {
  return GetModuleFileNameW(module, name, room);
}

HMODULE __cdecl __vcrt_GetModuleHandleW(const WCHAR* name) {
  return GetModuleHandleW(name);
}

BOOL __cdecl __vcrt_InitializeCriticalSectionEx(RTL_CRITICAL_SECTION* section, DWORD spin,
                                                DWORD flags) {
  return InitializeCriticalSectionEx(section, spin, flags);
}

HMODULE __cdecl __vcrt_LoadLibraryExW(const WCHAR* name, HANDLE reserved, DWORD flags) {
  return LoadLibraryExW(name, reserved, flags);
}

void __cdecl __telemetry_main_invoke_trigger(HMODULE module) {
  (void)module;
}

void __cdecl __telemetry_main_return_trigger(HMODULE module) {
  (void)module;
}
