/* The machine: processors, pages, directories of the system. */
#include "system/kernel32/base.h"

#define PROCESSOR_ARCHITECTURE_INTEL 0
#define PROCESSOR_INTEL_PENTIUM 586
#define ALLOCATION_GRANULARITY 0x10000

typedef struct SYSTEM_INFO {
  WORD wProcessorArchitecture, wReserved;
  DWORD dwPageSize;
  PVOID lpMinimumApplicationAddress, lpMaximumApplicationAddress;
  ULONG_PTR dwActiveProcessorMask;
  DWORD dwNumberOfProcessors, dwProcessorType, dwAllocationGranularity;
  WORD wProcessorLevel, wProcessorRevision;
} SYSTEM_INFO;
_Static_assert(sizeof(SYSTEM_INFO) == 0x24, "SYSTEM_INFO");

static ULONG_PTR processor_mask(void) {
  return ((ULONG_PTR)1 << current_peb()->NumberOfProcessors) - 1;
}

/* Level and revision are what CPUID tells (emu/cpuid.cpp): family; model and stepping. */
VOID WINAPI GetSystemInfo(SYSTEM_INFO* info) {
  *info = (SYSTEM_INFO){
      .wProcessorArchitecture = PROCESSOR_ARCHITECTURE_INTEL,
      .dwPageSize = 0x1000,
      .lpMinimumApplicationAddress = (PVOID)0x10000,
      .lpMaximumApplicationAddress = (PVOID)0x7ffeffff,
      .dwActiveProcessorMask = processor_mask(),
      .dwNumberOfProcessors = current_peb()->NumberOfProcessors,
      .dwProcessorType = PROCESSOR_INTEL_PENTIUM,
      .dwAllocationGranularity = ALLOCATION_GRANULARITY,
      .wProcessorLevel = 15,
      .wProcessorRevision = 0x0209,
  };
}

#define ProcessWow64Information 26
#define PROCESSOR_ARCHITECTURE_AMD64 9
#define PROCESSOR_AMD_X8664 8664

/* As the profile has it: a process of 64-bit Windows or of 32-bit Windows. */
BOOL WINAPI IsWow64Process(HANDLE process, BOOL* wow64) {
  ULONG_PTR answer = 0;
  if (!succeeded(
          NtQueryInformationProcess(process, ProcessWow64Information, &answer, sizeof answer, 0)))
    return FALSE;
  *wow64 = answer != 0;
  return TRUE;
}

/* Of a 32-bit process under WOW64 this one tells of the machine below. */
VOID WINAPI GetNativeSystemInfo(SYSTEM_INFO* info) {
  BOOL wow64 = FALSE;
  GetSystemInfo(info);
  if (!IsWow64Process(CURRENT_PROCESS, &wow64) || !wow64) return;
  info->wProcessorArchitecture = PROCESSOR_ARCHITECTURE_AMD64;
  info->dwProcessorType = PROCESSOR_AMD_X8664;
}

BOOL WINAPI GetProcessAffinityMask(HANDLE process, ULONG_PTR* mask, ULONG_PTR* system_mask) {
  if (process != CURRENT_PROCESS) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  *mask = *system_mask = processor_mask();
  return TRUE;
}

/* Boosts would favour a thread that wakes; the lab's schedule favours none. Kept for who asks. */
static BOOL boost_disabled;

BOOL WINAPI SetProcessPriorityBoost(HANDLE process, BOOL disable) {
  if (process != CURRENT_PROCESS) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  boost_disabled = disable != 0;
  return TRUE;
}

BOOL WINAPI GetProcessPriorityBoost(HANDLE process, BOOL* disabled) {
  if (process != CURRENT_PROCESS) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  *disabled = boost_disabled;
  return TRUE;
}

static const char system_directory[] = "C:\\Windows\\system32";
static const char windows_directory[] = "C:\\Windows";

/* Characters without the zero; with it, and nothing is copied, when there is no room for all. */
static UINT give_path(const char* path, UINT length, char* to, UINT room) {
  if (room <= length) return length + 1;
  for (UINT i = 0; i <= length; ++i) to[i] = path[i];
  return length;
}
static UINT give_wide_path(const char* path, UINT length, WCHAR* to, UINT room) {
  if (room <= length) return length + 1;
  for (UINT i = 0; i <= length; ++i) to[i] = (UCHAR)path[i];
  return length;
}

UINT WINAPI GetSystemDirectoryA(char* path, UINT room) {
  return give_path(system_directory, sizeof system_directory - 1, path, room);
}
UINT WINAPI GetSystemDirectoryW(WCHAR* path, UINT room) {
  return give_wide_path(system_directory, sizeof system_directory - 1, path, room);
}
UINT WINAPI GetWindowsDirectoryA(char* path, UINT room) {
  return give_path(windows_directory, sizeof windows_directory - 1, path, room);
}
UINT WINAPI GetWindowsDirectoryW(WCHAR* path, UINT room) {
  return give_wide_path(windows_directory, sizeof windows_directory - 1, path, room);
}
