// CRT: ucrt
// What startup code that was linked to a program calls in vcruntime140.
#include "cases/steps.h"

extern "C" {
DWORD __cdecl __vcrt_GetModuleFileNameW(HMODULE module, wchar_t* name, DWORD room);
HMODULE __cdecl __vcrt_GetModuleHandleW(const wchar_t* name);
HMODULE __cdecl __vcrt_LoadLibraryExW(const wchar_t* name, HANDLE reserved, DWORD flags);
BOOL __cdecl __vcrt_InitializeCriticalSectionEx(void* section, DWORD spin, DWORD flags);
void __cdecl __telemetry_main_invoke_trigger(HMODULE module);
void __cdecl __telemetry_main_return_trigger(HMODULE module);
}

PROGRAM {
  const HMODULE module = __vcrt_GetModuleHandleW(nullptr);
  __telemetry_main_invoke_trigger(module);
  wchar_t name[128];
  const DWORD length = __vcrt_GetModuleFileNameW(module, name, 128);
  CHECK(length > 4 && name[length - 4] == L'.');
  const HMODULE kernel32 = __vcrt_GetModuleHandleW(L"kernel32.dll");
  CHECK(kernel32 != nullptr);
  CHECK(__vcrt_LoadLibraryExW(L"kernel32.dll", nullptr, 0) == kernel32);
  DWORD section[6];
  CHECK(__vcrt_InitializeCriticalSectionEx(section, 4000, 0));
  __telemetry_main_return_trigger(module);
}
