/* VirtualAlloc and its kin, heaps, LocalAlloc: results and last-error values as documented, and
 * the same under Wine 8.0 but for one line. */
#include "cases/say.h"

#define ERROR_NOT_ENOUGH_MEMORY 8
#define ERROR_INVALID_PARAMETER 87
#define ERROR_INVALID_ADDRESS 487

int failures;

static MEMORY_BASIC_INFORMATION query(PVOID address) {
  MEMORY_BASIC_INFORMATION information;
  CHECK(VirtualQuery(address, &information, sizeof information) == sizeof information);
  return information;
}

static void reserve_and_commit(void) {
  char* base = VirtualAlloc(0, 0x12345, MEM_RESERVE, PAGE_READWRITE);
  CHECK(base && ((ULONG_PTR)base & 0xffff) == 0);
  CHECK(query(base).State == MEM_RESERVE && query(base).RegionSize == 0x13000);
  CHECK(VirtualAlloc(base + 0x1001, 1, MEM_COMMIT, PAGE_READWRITE) == base + 0x1000);
  CHECK(base[0x1000] == 0 && base[0x1fff] == 0);
  base[0x1fff] = 7;
  MEMORY_BASIC_INFORMATION committed = query(base + 0x1800);
  CHECK(committed.BaseAddress == base + 0x1000 && committed.AllocationBase == base);
  CHECK(committed.RegionSize == 0x1000 && committed.State == MEM_COMMIT);
  CHECK(committed.Protect == PAGE_READWRITE && committed.Type == 0x20000);
  DWORD old = 0;
  CHECK(VirtualProtect(base + 0x1000, 1, PAGE_READONLY, &old) && old == PAGE_READWRITE);
  CHECK(query(base + 0x1000).Protect == PAGE_READONLY);
  CHECK(!VirtualProtect(base, 1, PAGE_READONLY, &old) && GetLastError() == ERROR_INVALID_ADDRESS);
  CHECK(VirtualFree(base + 0x1000, 0x1000, MEM_DECOMMIT));
  CHECK(VirtualAlloc(base + 0x1000, 1, MEM_COMMIT, PAGE_READWRITE) && base[0x1fff] == 0);
  CHECK(!VirtualFree(base, 0x1000, MEM_RELEASE) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(VirtualFree(base, 0, MEM_RELEASE));
  CHECK(query(base).State == 0x10000 && query(base).AllocationBase == 0);
  /* STATUS_MEMORY_NOT_ALLOCATED; Wine 8.0 has ERROR_INVALID_PARAMETER. */
  CHECK(!VirtualFree(base, 0, MEM_RELEASE) && GetLastError() == ERROR_INVALID_ADDRESS);
}

static void refusals(void) {
  CHECK(!VirtualAlloc(0, 0, MEM_RESERVE, PAGE_READWRITE));
  CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!VirtualAlloc(0, 0x1000, MEM_RESERVE, 3) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!VirtualAlloc(0, 0x1000, 0, PAGE_READWRITE) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!VirtualAlloc(0, 0x7f000000, MEM_RESERVE, PAGE_READWRITE));
  CHECK(GetLastError() == ERROR_NOT_ENOUGH_MEMORY);
  /* The program itself is there. */
  CHECK(!VirtualAlloc(GetModuleHandleA(0), 0x1000, MEM_RESERVE, PAGE_READWRITE));
  CHECK(GetLastError() == ERROR_INVALID_ADDRESS);
}

static void heaps(void) {
  HANDLE heap = HeapCreate(0, 0, 0);
  CHECK(heap && heap != GetProcessHeap());
  static char* blocks[200];
  for (int i = 0; i < 200; ++i) {
    SIZE_T bytes = (SIZE_T)(i * i * 7);
    blocks[i] = HeapAlloc(heap, HEAP_ZERO_MEMORY, bytes);
    CHECK(blocks[i] && ((ULONG_PTR)blocks[i] & 7) == 0);
    CHECK(HeapSize(heap, 0, blocks[i]) == bytes);
    for (SIZE_T j = 0; j < bytes; ++j) {
      if (blocks[i][j]) CHECK(!"zeroed");
      blocks[i][j] = (char)i;
    }
  }
  for (int i = 0; i < 200; i += 2) {
    SIZE_T bytes = (SIZE_T)(i * i * 7);
    blocks[i] = HeapReAlloc(heap, HEAP_ZERO_MEMORY, blocks[i], 2 * bytes + 3);
    CHECK(blocks[i] && HeapSize(heap, 0, blocks[i]) == 2 * bytes + 3);
    CHECK(bytes == 0 || (blocks[i][0] == (char)i && blocks[i][bytes - 1] == (char)i));
    CHECK(blocks[i][bytes] == 0 && blocks[i][2 * bytes + 2] == 0);
  }
  for (int i = 1; i < 200; i += 2) CHECK(HeapFree(heap, 0, blocks[i]));
  for (int i = 1; i < 200; i += 2) CHECK(HeapAlloc(heap, 0, 100) != 0);
  for (int i = 0; i < 200; i += 2) {
    SIZE_T bytes = (SIZE_T)(i * i * 7);
    CHECK(bytes == 0 || blocks[i][bytes - 1] == (char)i);
  }
  CHECK(HeapFree(heap, 0, 0));
  CHECK(HeapDestroy(heap));
}

static void local_blocks(void) {
  char* block = LocalAlloc(0x40, 33);
  CHECK(block && block[0] == 0 && block[32] == 0);
  CHECK(LocalFree(block) == 0);
  CHECK(LocalFree(0) == 0);
}

void start(void) {
  reserve_and_commit();
  refusals();
  heaps();
  local_blocks();
  CHECK_ENDS("memory_functions");
}
