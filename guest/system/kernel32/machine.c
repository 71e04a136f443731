/* The machine beyond its processors: memory, drives, names. */
#include "system/kernel32/strings.h"

#define DRIVE_NO_ROOT_DIR 1
#define DRIVE_FIXED 3
#define PAGE_BYTES 0x1000u
#define USER_SPACE_BYTES 0x7ffe0000u
#define MEM_FREE 0x10000

typedef struct MEMORYSTATUSEX {
  DWORD Length, MemoryLoad;
  uint64_t TotalPhys, AvailPhys, TotalPageFile, AvailPageFile, TotalVirtual, AvailVirtual,
      AvailExtendedVirtual;
} MEMORYSTATUSEX;
_Static_assert(sizeof(MEMORYSTATUSEX) == 64, "MEMORYSTATUSEX of the SDK");

typedef struct MEMORYSTATUS {
  DWORD Length, MemoryLoad;
  SIZE_T TotalPhys, AvailPhys, TotalPageFile, AvailPageFile, TotalVirtual, AvailVirtual;
} MEMORYSTATUS;

static SIZE_T free_addresses(void) {
  MEMORY_BASIC_INFORMATION run;
  SIZE_T sum = 0;
  for (ULONG_PTR at = 0x10000; at < 0x7fff0000u; at = (ULONG_PTR)run.BaseAddress + run.RegionSize) {
    if (!VirtualQuery((PVOID)at, &run, sizeof run)) break;
    if (run.State == MEM_FREE) sum += run.RegionSize;
  }
  return sum < USER_SPACE_BYTES ? sum : USER_SPACE_BYTES;
}

/* Memory is what a process may commit: there is no page file beside it. */
static void fill(MEMORYSTATUSEX* status) {
  ULONG pages[2];
  LabQueryMemory(pages);
  uint64_t total = (uint64_t)pages[0] * PAGE_BYTES;
  uint64_t left = (uint64_t)(pages[0] - pages[1]) * PAGE_BYTES;
  *status = (MEMORYSTATUSEX){sizeof *status,   pages[1] * 100 / pages[0], total, left, total, left,
                             USER_SPACE_BYTES, free_addresses(),          0};
}

BOOL WINAPI GlobalMemoryStatusEx(MEMORYSTATUSEX* status) {
  if (status->Length != sizeof *status) return fail(ERROR_INVALID_PARAMETER);
  fill(status);
  return TRUE;
}

VOID WINAPI GlobalMemoryStatus(MEMORYSTATUS* status) {
  MEMORYSTATUSEX whole;
  fill(&whole);
  *status = (MEMORYSTATUS){sizeof *status,
                           whole.MemoryLoad,
                           (SIZE_T)whole.TotalPhys,
                           (SIZE_T)whole.AvailPhys,
                           (SIZE_T)whole.TotalPageFile,
                           (SIZE_T)whole.AvailPageFile,
                           (SIZE_T)whole.TotalVirtual,
                           (SIZE_T)whole.AvailVirtual};
}

DWORD WINAPI GetLogicalDrives(void) {
  return 1u << ('C' - 'A');
}

/* A null name is the current drive's root. */
UINT WINAPI GetDriveTypeW(const WCHAR* root) {
  if (!root) return DRIVE_FIXED;
  BOOL is_c = (root[0] | 0x20) == 'c' && root[1] == ':';
  BOOL is_root = is_c && (!root[2] || ((root[2] == '\\' || root[2] == '/') && !root[3]));
  return is_root || (root[0] == '\\' && !root[1]) ? DRIVE_FIXED : DRIVE_NO_ROOT_DIR;
}
UINT WINAPI GetDriveTypeA(const char* root) {
  WCHAR* wide = root ? BasepWiden(root) : 0;
  UINT type = GetDriveTypeW(wide);
  if (wide) BasepFree(wide);
  return type;
}

/* Names one after the other, and a zero after the last. */
DWORD WINAPI GetLogicalDriveStringsW(DWORD room, WCHAR* to) {
  static const WCHAR drives[] = L"C:\\\0";
  if (room < 4) return 5;
  RtlMoveMemory(to, drives, (room < 5 ? room : 5) * sizeof(WCHAR));
  return 4;
}
DWORD WINAPI GetLogicalDriveStringsA(DWORD room, char* to) {
  static const char drives[] = "C:\\\0";
  if (room < 4) return 5;
  RtlMoveMemory(to, drives, room < 5 ? room : 5);
  return 4;
}

static const WCHAR computer[] = L"LAB";

BOOL WINAPI GetComputerNameW(WCHAR* to, DWORD* room) {
  DWORD length = sizeof computer / sizeof *computer - 1;
  BOOL fits = *room > length;
  *room = BasepGiveWide(computer, length, to, *room);
  return fits || fail(ERROR_BUFFER_OVERFLOW);
}
BOOL WINAPI GetComputerNameA(char* to, DWORD* room) {
  DWORD length = sizeof computer / sizeof *computer - 1;
  BOOL fits = *room > length;
  *room = BasepGiveAnsi(computer, length, to, *room);
  return fits || fail(ERROR_BUFFER_OVERFLOW);
}

typedef struct SYSTEM_LOGICAL_PROCESSOR_INFORMATION {
  ULONG_PTR ProcessorMask;
  ULONG Relationship; /* 0: a core, 1: a node of memory, 3: a package */
  ULONG Details[4];
} SYSTEM_LOGICAL_PROCESSOR_INFORMATION;
_Static_assert(sizeof(SYSTEM_LOGICAL_PROCESSOR_INFORMATION) == 24, "of the SDK");

/* One package with a core for each processor. Caches are not modelled, and none is told of. */
BOOL WINAPI GetLogicalProcessorInformation(SYSTEM_LOGICAL_PROCESSOR_INFORMATION* to, DWORD* bytes) {
  ULONG cores = current_peb()->NumberOfProcessors;
  DWORD needed = (cores + 2) * sizeof *to, room = *bytes;
  *bytes = needed;
  if (room < needed) return fail(ERROR_INSUFFICIENT_BUFFER);
  for (ULONG i = 0; i < cores; ++i) {
    *to++ = (SYSTEM_LOGICAL_PROCESSOR_INFORMATION){1u << i, 0, {0, 0, 0, 0}};
  }
  *to++ = (SYSTEM_LOGICAL_PROCESSOR_INFORMATION){(1u << cores) - 1, 1, {0, 0, 0, 0}};
  *to = (SYSTEM_LOGICAL_PROCESSOR_INFORMATION){(1u << cores) - 1, 3, {0, 0, 0, 0}};
  return TRUE;
}
