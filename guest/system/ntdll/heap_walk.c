/* Looking at a heap: is it whole, what is in it. */
#include "system/ntdll/heap.h"

#define PROCESS_HEAP_REGION 0x1
#define PROCESS_HEAP_ENTRY_BUSY 0x4

BOOLEAN NTAPI RtlLockHeap(PVOID handle) {
  HEAP* heap = RtlpHeapOf(handle);
  if (heap) RtlpLockHeap(heap, 0);
  return heap != 0;
}

BOOLEAN NTAPI RtlUnlockHeap(PVOID handle) {
  HEAP* heap = RtlpHeapOf(handle);
  if (heap) RtlpUnlockHeap(heap, 0);
  return heap != 0;
}

/* Blocks carved of the classes, so that nothing can be joined: the largest free one. */
SIZE_T NTAPI RtlCompactHeap(PVOID handle, ULONG flags) {
  const HEAP* heap = RtlpHeapOf(handle);
  return heap ? (SIZE_T)(heap->End - heap->Unused) : 0;
}

static UCHAR* end_of(const HEAP* heap, const SEGMENT* segment) {
  return segment == heap->Newest ? heap->Unused : segment->Used;
}

static BOOLEAN is_block(const BLOCK* block) {
  return (block->State == BLOCK_BUSY || block->State == BLOCK_FREE) &&
         (block->Class < CLASS_COUNT || block->Class == CLASS_LARGE) &&
         (block->State == BLOCK_FREE || block->Bytes <= RtlpBlockSpan(block) - sizeof(BLOCK));
}

/* Is the segment a chain of blocks up to its end? With `wanted`: is that one of those in use? */
static BOOLEAN is_whole(const HEAP* heap, const SEGMENT* segment, const void* wanted,
                        BOOLEAN* found) {
  const UCHAR *at = segment->First, *end = end_of(heap, segment);
  while (at < end) {
    const BLOCK* block = (const BLOCK*)at;
    if (!is_block(block)) return FALSE;
    if (block + 1 == wanted && block->State == BLOCK_BUSY) *found = TRUE;
    at += RtlpBlockSpan(block);
  }
  return at == end;
}

BOOLEAN NTAPI RtlValidateHeap(PVOID handle, ULONG flags, const void* wanted) {
  HEAP* heap = RtlpHeapOf(handle);
  BOOLEAN whole = TRUE, found = FALSE;
  if (!heap) return FALSE;
  RtlpLockHeap(heap, flags);
  const SEGMENT* segment = &heap->Segments;
  do {
    whole = is_whole(heap, segment, wanted, &found);
    segment = segment->Previous;
  } while (whole && segment != &heap->Segments);
  RtlpUnlockHeap(heap, flags);
  return whole && (!wanted || found);
}

static VOID tell_region(const HEAP* heap, SEGMENT* segment, RTL_HEAP_ENTRY* entry) {
  UCHAR* end = end_of(heap, segment);
  *entry = (RTL_HEAP_ENTRY){.Data = segment,
                            .DataBytes = (ULONG)(segment->First - (UCHAR*)segment),
                            .Flags = PROCESS_HEAP_REGION,
                            .Region = {(ULONG)(end - (UCHAR*)segment), 0, segment->First, end}};
}

static VOID tell_block(BLOCK* block, RTL_HEAP_ENTRY* entry) {
  BOOLEAN busy = block->State == BLOCK_BUSY;
  ULONG span = RtlpBlockSpan(block), bytes = busy ? block->Bytes : span - sizeof(BLOCK);
  ULONG overhead = span - bytes;
  *entry = (RTL_HEAP_ENTRY){.Data = block + 1,
                            .DataBytes = bytes,
                            .OverheadBytes = (UCHAR)(overhead < 255 ? overhead : 255),
                            .Flags = busy ? PROCESS_HEAP_ENTRY_BUSY : 0};
}

/* Segments from the oldest on: each as a region, then its blocks. */
NTSTATUS NTAPI RtlpWalkHeap(PVOID handle, RTL_HEAP_ENTRY* entry) {
  HEAP* heap = RtlpHeapOf(handle);
  if (!heap) return STATUS_INVALID_HANDLE;
  if (!entry->Data) {
    tell_region(heap, &heap->Segments, entry);
    return STATUS_SUCCESS;
  }
  UCHAR* next;
  if (entry->Flags & PROCESS_HEAP_REGION) {
    next = ((SEGMENT*)entry->Data)->First;
  } else {
    const BLOCK* block = (BLOCK*)entry->Data - 1;
    if (!is_block(block)) return STATUS_INVALID_PARAMETER;
    next = (UCHAR*)block + RtlpBlockSpan(block);
  }
  SEGMENT* segment = &heap->Segments;
  do {
    UCHAR* end = end_of(heap, segment);
    if (next >= (UCHAR*)segment && next < end) {
      tell_block((BLOCK*)next, entry);
      return STATUS_SUCCESS;
    }
    if (next == end && segment->Previous != &heap->Segments) {
      tell_region(heap, segment->Previous, entry);
      return STATUS_SUCCESS;
    }
    segment = segment->Previous;
  } while (segment != &heap->Segments);
  return STATUS_NO_MORE_ENTRIES;
}
