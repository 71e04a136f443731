/* Heaps: blocks of fixed classes carved from segments, each class with a list of free blocks;
 * what is larger than the largest class is an allocation of its own. Blocks are aligned to eight
 * bytes, as in Windows. */
#include "system/ntdll/heap.h"

/* 16, 32 … 128, then four classes a doubling: 160, 192, 224, 256, 320 … 32768. */
static ULONG class_bytes(ULONG index) {
  if (index < 8) return 16 * (index + 1);
  ULONG doubling = (index - 8) / 4, step = (index - 8) % 4 + 1;
  return (128u << doubling) + step * (32u << doubling);
}

static ULONG class_of(ULONG bytes) {
  if (bytes > LARGEST_CLASS) return CLASS_LARGE;
  ULONG index = 0;
  while (class_bytes(index) < bytes) ++index;
  return index;
}

static PVOID map_pages(SIZE_T bytes, ULONG flags) {
  PVOID base = 0;
  ULONG protect = (flags & HEAP_CREATE_ENABLE_EXECUTE) ? PAGE_EXECUTE_READWRITE : PAGE_READWRITE;
  if (!NT_SUCCESS(NtAllocateVirtualMemory(CURRENT_PROCESS, &base, 0, &bytes,
                                          MEM_RESERVE | MEM_COMMIT, protect))) {
    return 0;
  }
  return base;
}

static void unmap_pages(PVOID base) {
  SIZE_T bytes = 0;
  NtFreeVirtualMemory(CURRENT_PROCESS, &base, &bytes, MEM_RELEASE);
}

static void link_segment(HEAP* heap, SEGMENT* segment) {
  segment->Next = heap->Segments.Next;
  segment->Previous = &heap->Segments;
  heap->Segments.Next->Previous = segment;
  heap->Segments.Next = segment;
}

HEAP* RtlpHeapOf(PVOID heap) {
  return heap && ((HEAP*)heap)->Signature == HEAP_SIGNATURE ? heap : 0;
}

VOID RtlpLockHeap(HEAP* heap, ULONG flags) {
  if (!((heap->Flags | flags) & HEAP_NO_SERIALIZE)) RtlEnterCriticalSection(&heap->Lock);
}

VOID RtlpUnlockHeap(HEAP* heap, ULONG flags) {
  if (!((heap->Flags | flags) & HEAP_NO_SERIALIZE)) RtlLeaveCriticalSection(&heap->Lock);
}

PVOID NTAPI RtlCreateHeap(ULONG flags, PVOID base, SIZE_T reserve, SIZE_T commit, PVOID lock_given,
                          PVOID parameters) {
  HEAP* heap = map_pages(SEGMENT_BYTES, flags);
  if (!heap) return 0;
  heap->Segments.Next = heap->Segments.Previous = &heap->Segments;
  heap->Newest = &heap->Segments;
  /* Microsoft's HeapCreate: a heap with a maximum does not grow beyond it. */
  heap->Limit = reserve;
  heap->Signature = HEAP_SIGNATURE;
  heap->Flags = flags & (HEAP_NO_SERIALIZE | HEAP_GENERATE_EXCEPTIONS | HEAP_CREATE_ENABLE_EXECUTE);
  RtlInitializeCriticalSection(&heap->Lock);
  heap->Unused = (UCHAR*)heap + ((sizeof(HEAP) + 15) & ~15u);
  heap->Segments.First = heap->Unused;
  heap->End = (UCHAR*)heap + SEGMENT_BYTES;
  return heap;
}

/* 0 when it is done, as Windows has it; the heap itself when it is none. */
PVOID NTAPI RtlDestroyHeap(PVOID handle) {
  HEAP* heap = RtlpHeapOf(handle);
  if (!heap || handle == current_peb()->ProcessHeap) return handle;
  heap->Signature = 0;
  while (heap->Segments.Next != &heap->Segments) {
    SEGMENT* segment = heap->Segments.Next;
    heap->Segments.Next = segment->Next;
    unmap_pages(segment);
  }
  RtlDeleteCriticalSection(&heap->Lock);
  unmap_pages(heap);
  return 0;
}

static BLOCK* carve(HEAP* heap, ULONG index) {
  ULONG bytes = sizeof(BLOCK) + class_bytes(index);
  if ((ULONG)(heap->End - heap->Unused) < bytes) {
    SEGMENT* segment = map_pages(SEGMENT_BYTES, heap->Flags);
    if (!segment) return 0;
    heap->Newest->Used = heap->Unused;
    heap->Newest = segment;
    link_segment(heap, segment);
    segment->First = (UCHAR*)(segment + 1);
    heap->Unused = (UCHAR*)segment + 16;
    heap->End = (UCHAR*)segment + SEGMENT_BYTES;
  }
  BLOCK* block = (BLOCK*)heap->Unused;
  heap->Unused += bytes;
  return block;
}

static BLOCK* take_block(HEAP* heap, ULONG index) {
  BLOCK* block = heap->Free[index];
  if (!block) return carve(heap, index);
  heap->Free[index] = *(BLOCK**)(block + 1);
  return block;
}

static BLOCK* take_large(HEAP* heap, SIZE_T bytes) {
  if (bytes > 0x7ff00000u) return 0;
  SEGMENT* segment = map_pages(sizeof(SEGMENT) + sizeof(BLOCK) + bytes, heap->Flags);
  if (!segment) return 0;
  link_segment(heap, segment);
  segment->First = (UCHAR*)(segment + 1);
  segment->Used = segment->First + sizeof(BLOCK) + bytes;
  return (BLOCK*)segment->First;
}

static void raise_no_memory(HEAP* heap, ULONG flags) {
  if (!((heap->Flags | flags) & HEAP_GENERATE_EXCEPTIONS)) return;
  EXCEPTION_RECORD record = {(DWORD)STATUS_NO_MEMORY, 0, 0, 0, 0, {0}};
  RtlRaiseException(&record);
}

/* Microsoft's HeapCreate: of a heap with a maximum the largest block is slightly less than 512 KB.
 */
static BOOLEAN within_limit(const HEAP* heap, SIZE_T bytes) {
  const SIZE_T largest = 0x7fff8;
  if (!heap->Limit) return TRUE;
  return bytes <= largest && heap->Taken + bytes + sizeof(BLOCK) <= heap->Limit;
}

PVOID NTAPI RtlAllocateHeap(PVOID handle, ULONG flags, SIZE_T bytes) {
  HEAP* heap = RtlpHeapOf(handle);
  if (!heap) return 0;
  ULONG index = class_of(bytes);
  RtlpLockHeap(heap, flags);
  BLOCK* block = 0;
  if (within_limit(heap, bytes)) {
    block = index == CLASS_LARGE ? take_large(heap, bytes) : take_block(heap, index);
  }
  if (block) {
    *block = (BLOCK){bytes, (USHORT)index, BLOCK_BUSY};
    heap->Taken += RtlpBlockSpan(block);
  }
  RtlpUnlockHeap(heap, flags);
  if (!block) {
    raise_no_memory(heap, flags);
    return 0;
  }
  if (flags & HEAP_ZERO_MEMORY) RtlZeroMemory(block + 1, bytes);
  return block + 1;
}

/* The header of a block in use, or 0 for an address that is none. */
static BLOCK* busy_block(const void* address) {
  BLOCK* block = (BLOCK*)address - 1;
  if (!address || ((ULONG_PTR)address & 7) || block->State != BLOCK_BUSY) return 0;
  return block;
}

BOOLEAN NTAPI RtlFreeHeap(PVOID handle, ULONG flags, PVOID address) {
  HEAP* heap = RtlpHeapOf(handle);
  if (!heap) return FALSE;
  if (!address) return TRUE;
  RtlpLockHeap(heap, flags);
  BLOCK* block = busy_block(address);
  if (block) {
    block->State = BLOCK_FREE;
    heap->Taken -= RtlpBlockSpan(block);
    if (block->Class == CLASS_LARGE) {
      SEGMENT* segment = (SEGMENT*)((UCHAR*)block - 16);
      segment->Previous->Next = segment->Next;
      segment->Next->Previous = segment->Previous;
      unmap_pages(segment);
    } else {
      *(BLOCK**)address = heap->Free[block->Class];
      heap->Free[block->Class] = block;
    }
  }
  RtlpUnlockHeap(heap, flags);
  if (!block) RtlSetLastWin32Error(RtlNtStatusToDosError(STATUS_INVALID_PARAMETER));
  return block != 0;
}

/* Bytes that the block could hold where it is. */
static ULONG capacity(const BLOCK* block) {
  if (block->Class != CLASS_LARGE) return class_bytes(block->Class);
  const SEGMENT* segment = (const SEGMENT*)block - 1;
  return (ULONG)(segment->Used - (const UCHAR*)(block + 1));
}

ULONG RtlpBlockSpan(const BLOCK* block) {
  return sizeof(BLOCK) + capacity(block);
}

PVOID NTAPI RtlReAllocateHeap(PVOID handle, ULONG flags, PVOID address, SIZE_T bytes) {
  HEAP* heap = RtlpHeapOf(handle);
  BLOCK* block = heap ? busy_block(address) : 0;
  if (!block) {
    RtlSetLastWin32Error(RtlNtStatusToDosError(STATUS_INVALID_PARAMETER));
    return 0;
  }
  ULONG old_bytes = block->Bytes;
  PVOID result = address;
  if (bytes <= capacity(block)) {
    block->Bytes = bytes;
  } else if (flags & HEAP_REALLOC_IN_PLACE_ONLY) {
    raise_no_memory(heap, flags);
    return 0;
  } else {
    result = RtlAllocateHeap(handle, flags & ~HEAP_ZERO_MEMORY, bytes);
    if (!result) return 0;
    RtlMoveMemory(result, address, old_bytes);
    RtlFreeHeap(handle, flags, address);
  }
  if ((flags & HEAP_ZERO_MEMORY) && bytes > old_bytes) {
    RtlZeroMemory((UCHAR*)result + old_bytes, bytes - old_bytes);
  }
  return result;
}

SIZE_T NTAPI RtlSizeHeap(PVOID handle, ULONG flags, const void* address) {
  BLOCK* block = RtlpHeapOf(handle) ? busy_block(address) : 0;
  return block ? block->Bytes : (SIZE_T)-1;
}
