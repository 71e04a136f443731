/* Pages and heaps. */
#include "system/kernel32/base.h"

#define MemoryBasicInformation 0

PVOID WINAPI VirtualAlloc(PVOID address, SIZE_T bytes, DWORD type, DWORD protect) {
  /* An address below the first 64 KiB is refused before the kernel is asked. */
  if (address && (ULONG_PTR)address < 0x10000) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  NTSTATUS status = NtAllocateVirtualMemory(CURRENT_PROCESS, &address, 0, &bytes, type, protect);
  return succeeded(status) ? address : 0;
}

BOOL WINAPI VirtualFree(PVOID address, SIZE_T bytes, DWORD type) {
  if ((type & MEM_RELEASE) && bytes) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  return succeeded(NtFreeVirtualMemory(CURRENT_PROCESS, &address, &bytes, type));
}

BOOL WINAPI VirtualProtect(PVOID address, SIZE_T bytes, DWORD protect, DWORD* old_protect) {
  return succeeded(NtProtectVirtualMemory(CURRENT_PROCESS, &address, &bytes, protect, old_protect));
}

SIZE_T WINAPI VirtualQuery(const void* address, MEMORY_BASIC_INFORMATION* information,
                           SIZE_T bytes) {
  SIZE_T needed = 0;
  NTSTATUS status = NtQueryVirtualMemory(CURRENT_PROCESS, address, MemoryBasicInformation,
                                         information, bytes, &needed);
  return succeeded(status) ? needed : 0;
}

BOOL WINAPI FlushInstructionCache(HANDLE process, const void* base, SIZE_T bytes) {
  return succeeded(NtFlushInstructionCache(process, (PVOID)base, bytes));
}

HANDLE WINAPI GetProcessHeap(void) {
  return current_peb()->ProcessHeap;
}

HANDLE WINAPI HeapCreate(DWORD options, SIZE_T initial, SIZE_T maximum) {
  HANDLE heap = RtlCreateHeap(options, 0, maximum, initial, 0, 0);
  if (!heap) SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  return heap;
}

BOOL WINAPI HeapDestroy(HANDLE heap) {
  if (!RtlDestroyHeap(heap)) return TRUE;
  SetLastError(ERROR_INVALID_HANDLE);
  return FALSE;
}

PVOID WINAPI HeapAlloc(HANDLE heap, DWORD flags, SIZE_T bytes) {
  return RtlAllocateHeap(heap, flags, bytes);
}

BOOL WINAPI HeapFree(HANDLE heap, DWORD flags, PVOID block) {
  return RtlFreeHeap(heap, flags, block);
}

PVOID WINAPI HeapReAlloc(HANDLE heap, DWORD flags, PVOID block, SIZE_T bytes) {
  return RtlReAllocateHeap(heap, flags, block, bytes);
}

SIZE_T WINAPI HeapSize(HANDLE heap, DWORD flags, const void* block) {
  return RtlSizeHeap(heap, flags, block);
}
