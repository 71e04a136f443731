/* Heaps beyond allocating and freeing. */
#include "system/kernel32/base.h"

#define ERROR_BAD_LENGTH 24
#define HeapCompatibilityInformation 0
#define HeapEnableTerminationOnCorruption 1
#define HeapOptimizeResources 3
#define LOW_FRAGMENTATION 2

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
