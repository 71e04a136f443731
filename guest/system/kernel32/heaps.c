/* Heaps beyond allocating and freeing; blocks of the old Local and Global families. */
#include "system/kernel32/base.h"

#define ERROR_BAD_LENGTH 24
#define HeapCompatibilityInformation 0
#define HeapEnableTerminationOnCorruption 1
#define HeapOptimizeResources 3
#define LOW_FRAGMENTATION 2
#define LMEM_MOVEABLE 0x2
#define LMEM_ZEROINIT 0x40
#define LMEM_MODIFY 0x80

BOOL WINAPI HeapLock(HANDLE heap) {
  return RtlLockHeap(heap);
}
BOOL WINAPI HeapUnlock(HANDLE heap) {
  return RtlUnlockHeap(heap);
}
BOOL WINAPI HeapValidate(HANDLE heap, DWORD flags, const void* block) {
  return RtlValidateHeap(heap, flags, block);
}
SIZE_T WINAPI HeapCompact(HANDLE heap, DWORD flags) {
  return RtlCompactHeap(heap, flags);
}
BOOL WINAPI HeapWalk(HANDLE heap, RTL_HEAP_ENTRY* entry) {
  return succeeded(RtlpWalkHeap(heap, entry));
}

static BOOL fail(DWORD error) {
  SetLastError(error);
  return FALSE;
}

/* Every heap of the lab is one of low fragmentation; none survives its corruption for long. */
BOOL WINAPI HeapSetInformation(HANDLE heap, DWORD information_class, const void* information,
                               SIZE_T bytes) {
  switch (information_class) {
    case HeapCompatibilityInformation:
      if (bytes < sizeof(ULONG)) return fail(ERROR_BAD_LENGTH);
      return *(const ULONG*)information == LOW_FRAGMENTATION || fail(ERROR_INVALID_PARAMETER);
    case HeapEnableTerminationOnCorruption:
    case HeapOptimizeResources:
      return TRUE;
  }
  return fail(ERROR_INVALID_PARAMETER);
}

BOOL WINAPI HeapQueryInformation(HANDLE heap, DWORD information_class, PVOID information,
                                 SIZE_T bytes, SIZE_T* needed) {
  if (information_class != HeapCompatibilityInformation) return fail(ERROR_INVALID_PARAMETER);
  if (needed) *needed = sizeof(ULONG);
  if (bytes < sizeof(ULONG)) return fail(ERROR_INSUFFICIENT_BUFFER);
  *(ULONG*)information = LOW_FRAGMENTATION;
  return TRUE;
}

/* Only blocks that do not move are made: a handle of one is its address. */
SIZE_T WINAPI LocalSize(PVOID block) {
  SIZE_T bytes = RtlSizeHeap(GetProcessHeap(), 0, block);
  if (bytes != (SIZE_T)-1) return bytes;
  SetLastError(ERROR_INVALID_HANDLE);
  return 0;
}
SIZE_T WINAPI GlobalSize(PVOID block) {
  return LocalSize(block);
}

/* Without LMEM_MOVEABLE the block stays where it is. */
PVOID WINAPI LocalReAlloc(PVOID block, SIZE_T bytes, UINT flags) {
  DWORD how = (flags & LMEM_ZEROINIT) ? HEAP_ZERO_MEMORY : 0;
  if (flags & LMEM_MODIFY) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  if (!(flags & LMEM_MOVEABLE)) how |= HEAP_REALLOC_IN_PLACE_ONLY;
  PVOID grown = RtlReAllocateHeap(GetProcessHeap(), how, block, bytes);
  if (!grown) SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  return grown;
}
PVOID WINAPI GlobalReAlloc(PVOID block, SIZE_T bytes, UINT flags) {
  return LocalReAlloc(block, bytes, flags);
}
