/* Heaps looked at, pages of a process, guard pages, probed pointers, what a stack keeps for its
 * overflow: as Microsoft documents each function. */
#include "cases/say.h"
#include "system/ntdll/ntdll.h"

#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87
#define ERROR_NO_MORE_ITEMS 259
#define ERROR_PARTIAL_COPY 299

BOOL WINAPI HeapWalk(HANDLE heap, RTL_HEAP_ENTRY* entry);
BOOL WINAPI HeapValidate(HANDLE heap, DWORD flags, const void* block);
BOOL WINAPI HeapLock(HANDLE heap);
BOOL WINAPI HeapUnlock(HANDLE heap);
BOOL WINAPI HeapSetInformation(HANDLE heap, DWORD what, const void* information, SIZE_T bytes);
PVOID WINAPI LocalReAlloc(PVOID block, SIZE_T bytes, UINT flags);
SIZE_T WINAPI LocalSize(PVOID block);
PVOID WINAPI VirtualAllocEx(HANDLE process, PVOID address, SIZE_T bytes, DWORD type, DWORD protect);
SIZE_T WINAPI VirtualQueryEx(HANDLE process, const void* address, MEMORY_BASIC_INFORMATION* to,
                             SIZE_T bytes);
BOOL WINAPI ReadProcessMemory(HANDLE process, const void* from, PVOID to, SIZE_T n, SIZE_T* done);
BOOL WINAPI WriteProcessMemory(HANDLE process, PVOID to, const void* from, SIZE_T n, SIZE_T* done);
BOOL WINAPI IsBadReadPtr(const void* address, SIZE_T bytes);
BOOL WINAPI IsBadWritePtr(PVOID address, SIZE_T bytes);
BOOL WINAPI IsBadStringPtrA(const char* text, SIZE_T most);
BOOL WINAPI SetThreadStackGuarantee(ULONG* bytes);

int failures;

static void heap_walk(void) {
  HANDLE heap = HeapCreate(0, 0, 0);
  char* blocks[40];
  int regions = 0, busy = 0, seen = 0;
  for (int i = 0; i < 40; ++i) blocks[i] = HeapAlloc(heap, 0, (SIZE_T)(i * 900 + 1));
  for (int i = 0; i < 40; i += 4) CHECK(HeapFree(heap, 0, blocks[i]));
  CHECK(HeapLock(heap));
  RTL_HEAP_ENTRY entry = {0};
  while (HeapWalk(heap, &entry)) {
    if (entry.Flags & 1) {
      ++regions;
      continue;
    }
    if (!(entry.Flags & 4)) continue;
    ++busy;
    for (int i = 0; i < 40; ++i) {
      if (entry.Data == blocks[i] && entry.DataBytes == (ULONG)(i * 900 + 1)) ++seen;
    }
  }
  CHECK(GetLastError() == ERROR_NO_MORE_ITEMS && HeapUnlock(heap));
  CHECK(regions > 1 && busy == 30 && seen == 30);
  CHECK(HeapValidate(heap, 0, 0) && HeapValidate(heap, 0, blocks[1]));
  CHECK(!HeapValidate(heap, 0, blocks[1] + 8) && !HeapValidate(heap, 0, blocks[0]));
  blocks[1][-8] ^= 0x7f; /* somebody writes before a block */
  blocks[1][-6] ^= 0x7f;
  CHECK(!HeapValidate(heap, 0, 0));
  CHECK(HeapDestroy(heap));
}

static DWORD allocation_raises(HANDLE heap, DWORD flags) {
  DWORD code = 0;
  __try {
    HeapAlloc(heap, flags, 0x7fffffff);
  } __except (code = GetExceptionCode(), EXCEPTION_EXECUTE_HANDLER) {
  }
  return code;
}

static void heap_limits(void) {
  HANDLE heap = HeapCreate(0, 0x1000, 0x20000);
  int count = 0;
  while (HeapAlloc(heap, 0, 0x4000)) ++count;
  CHECK(count >= 4 && count <= 8);
  CHECK(HeapDestroy(heap));
  heap = HeapCreate(0, 0, 0x100000);
  CHECK(HeapAlloc(heap, 0, 0x7fff8) && !HeapAlloc(heap, 0, 0x7fff9)); /* of a heap that is fixed */
  CHECK(HeapDestroy(heap));
  CHECK(allocation_raises(GetProcessHeap(), 0) == 0);
  CHECK(allocation_raises(GetProcessHeap(), HEAP_GENERATE_EXCEPTIONS) == 0xc0000017);
  heap = HeapCreate(HEAP_GENERATE_EXCEPTIONS, 0, 0);
  CHECK(allocation_raises(heap, 0) == 0xc0000017 && HeapDestroy(heap));
  heap = HeapCreate(HEAP_CREATE_ENABLE_EXECUTE, 0, 0);
  unsigned char* code = HeapAlloc(heap, 0, 6);
  code[0] = 0xb8, code[1] = 42, code[2] = code[3] = code[4] = 0, code[5] = 0xc3; /* mov eax, 42 */
  CHECK(((int (*)(void))code)() == 42 && HeapDestroy(heap));
  ULONG low_fragmentation = 2;
  CHECK(HeapSetInformation(GetProcessHeap(), 0, &low_fragmentation, 4));
  CHECK(HeapSetInformation(0, 1, 0, 0));
  CHECK(!HeapSetInformation(GetProcessHeap(), 99, 0, 0) &&
        GetLastError() == ERROR_INVALID_PARAMETER);
  char* local = LocalAlloc(0, 10);
  CHECK(LocalSize(local) == 10);
  local = LocalReAlloc(local, 10000, 0x42);
  CHECK(local && LocalSize(local) == 10000 && local[9999] == 0 && !LocalFree(local));
}

__attribute__((noinline)) static int touch(volatile char* at) {
  return *at;
}
static DWORD touching_raises(char* at) {
  DWORD code = 0;
  __try {
    touch(at);
  } __except (code = GetExceptionCode(), EXCEPTION_EXECUTE_HANDLER) {
  }
  return code;
}

static void pages(void) {
  MEMORY_BASIC_INFORMATION memory;
  DWORD old = 0;
  SIZE_T done = 9;
  char* page = VirtualAllocEx(GetCurrentProcess(), 0, 0x2000, MEM_RESERVE | MEM_COMMIT,
                              PAGE_READWRITE | PAGE_GUARD);
  CHECK(page && VirtualQueryEx(GetCurrentProcess(), page, &memory, sizeof memory));
  CHECK(memory.Protect == (PAGE_READWRITE | PAGE_GUARD));
  CHECK(touching_raises(page) == 0x80000001); /* STATUS_GUARD_PAGE_VIOLATION, once */
  CHECK(touching_raises(page) == 0 && touching_raises(page + 0x1000) == 0x80000001);
  CHECK(VirtualQuery(page, &memory, sizeof memory) && memory.Protect == PAGE_READWRITE);
  CHECK(VirtualProtect(page + 0x1000, 0x1000, PAGE_NOACCESS, &old));
  CHECK(touching_raises(page + 0x1000) == 0xc0000005);
  CHECK(!IsBadReadPtr(page, 0x1000) && IsBadReadPtr(page, 0x1001) && IsBadReadPtr(0, 1));
  CHECK(!IsBadReadPtr(0, 0) && !IsBadWritePtr(page, 8) && IsBadWritePtr(page + 0xfff, 2));
  CHECK(IsBadWritePtr((PVOID)touch, 1) && !IsBadReadPtr((const void*)touch, 1)); /* code */
  page[0xffe] = 'a', page[0xfff] = 'b';
  CHECK(IsBadStringPtrA(page + 0xffe, 5) && !IsBadStringPtrA(page + 0xffe, 2));
  char copy[8];
  CHECK(ReadProcessMemory(GetCurrentProcess(), page + 0xffe, copy, 2, &done) && done == 2);
  CHECK(copy[0] == 'a' && copy[1] == 'b');
  CHECK(!ReadProcessMemory(GetCurrentProcess(), page + 0xffe, copy, 4, 0));
  CHECK(GetLastError() == ERROR_PARTIAL_COPY);
  CHECK(!ReadProcessMemory((HANDLE)0x9999, page, copy, 4, 0));
  CHECK(GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(VirtualProtect(page, 0x1000, PAGE_READONLY, &old));
  CHECK(WriteProcessMemory(GetCurrentProcess(), page, "xy", 2, &done) && done == 2);
  CHECK(page[1] == 'y' && VirtualQuery(page, &memory, sizeof memory));
  CHECK(memory.Protect == PAGE_READONLY);
  /* Corner cases of VirtualAlloc. */
  CHECK(!VirtualAlloc(page, 0x1000, MEM_RESERVE, PAGE_READWRITE) && GetLastError() == 487);
  CHECK(!VirtualAlloc((PVOID)0x80000000, 0x1000, MEM_RESERVE, PAGE_READWRITE) &&
        GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!VirtualAlloc(0, 0x1000, MEM_COMMIT, PAGE_READWRITE | 0x80) &&
        GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!VirtualAlloc(0, 0x1000, MEM_COMMIT, PAGE_WRITECOPY) &&
        GetLastError() == ERROR_INVALID_PARAMETER); /* only of images and views */
  CHECK(VirtualFree(page, 0, MEM_RELEASE));
}

__attribute__((noinline)) static int overflow(volatile char* above) {
  volatile char frame[2048];
  frame[0] = above[0];
  return above[0] == 77 ? 0 : overflow(frame) + frame[0];
}

__attribute__((noinline)) static ULONG room_left(void) {
  volatile char here = 0;
  return (ULONG)&here - teb_read(0xe0c);
}

static DWORD WINAPI overflow_with_guarantee(PVOID guarantee) {
  ULONG wanted = (ULONG)guarantee, left = 0;
  char start = 0;
  CHECK(SetThreadStackGuarantee(&wanted) && wanted == 0);
  wanted = 0;
  CHECK(SetThreadStackGuarantee(&wanted) && wanted == (ULONG)guarantee);
  __try {
    overflow(&start);
  } __except (left = room_left(), GetExceptionCode() == 0xc00000fd) {
    return left;
  }
  return 0;
}

static DWORD run(PVOID guarantee) {
  DWORD left = 0;
  HANDLE thread = CreateThread(0, 0, overflow_with_guarantee, guarantee, 0, 0);
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(GetExitCodeThread(thread, &left));
  return left;
}

void start(void) {
  heap_walk();
  heap_limits();
  pages();
  DWORD left = run((PVOID)0x10000);
  CHECK(left > 0x10000 - 0x3000 && left < 0x14000); /* the filter still has them */
  CHECK_ENDS("memory");
}
