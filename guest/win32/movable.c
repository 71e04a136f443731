/* Blocks of the Local and Global families: as Microsoft documents GlobalLock, GlobalUnlock and
 * GlobalFlags; all of it agrees with Wine 8.0. */
#include "cases/say.h"

#define ERROR_INVALID_HANDLE 6
#define ERROR_DISCARDED 157
#define ERROR_NOT_LOCKED 158

PVOID WINAPI GlobalLock(PVOID handle);
BOOL WINAPI GlobalUnlock(PVOID handle);
PVOID WINAPI GlobalHandle(const void* block);
UINT WINAPI GlobalFlags(PVOID handle);
SIZE_T WINAPI GlobalSize(PVOID handle);
PVOID WINAPI GlobalReAlloc(PVOID handle, SIZE_T bytes, UINT flags);
BOOL WINAPI LocalUnlock(PVOID handle);

int failures;

void start(void) {
  char* fixed = GlobalAlloc(0x40, 16);
  CHECK(fixed && fixed[15] == 0 && GlobalLock(fixed) == fixed && GlobalUnlock(fixed));
  CHECK(GlobalFlags(fixed) == 0 && GlobalHandle(fixed) == fixed && !GlobalFree(fixed));

  PVOID handle = GlobalAlloc(0x42, 100);
  char* block = GlobalLock(handle);
  CHECK(handle && block && (PVOID)block != handle && block[99] == 0);
  CHECK(GlobalHandle(block) == handle && GlobalFlags(handle) == 1 && GlobalSize(handle) >= 100);
  CHECK(GlobalLock(handle) == block && GlobalFlags(handle) == 2 && GlobalUnlock(handle));
  SetLastError(5);
  CHECK(!GlobalUnlock(handle) && GetLastError() == 0 && GlobalFlags(handle) == 0);
  CHECK(!GlobalUnlock(handle) && GetLastError() == ERROR_NOT_LOCKED);
  block[0] = 'x';
  CHECK(GlobalReAlloc(handle, 5000, 2) == handle && GlobalSize(handle) >= 5000);
  block = GlobalLock(handle);
  CHECK(block[0] == 'x' && !GlobalUnlock(handle));
  CHECK(!GlobalFree(handle));

  handle = GlobalAlloc(2, 0);
  CHECK(handle && GlobalFlags(handle) == 0x4000);
  CHECK(!GlobalLock(handle) && GetLastError() == ERROR_DISCARDED);
  CHECK(GlobalReAlloc(handle, 8, 2) == handle && GlobalLock(handle) && !LocalUnlock(handle));
  CHECK(!GlobalFree(handle));
  CHECK_ENDS("movable");
}
