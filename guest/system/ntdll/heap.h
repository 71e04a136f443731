/* What a heap is made of, for those who allocate from it and for those who walk it. */
#ifndef SYSTEM_NTDLL_HEAP_H
#define SYSTEM_NTDLL_HEAP_H

#include "system/ntdll/ntdll.h"

#define HEAP_SIGNATURE 0x70616548u /* "Heap" */
#define BLOCK_BUSY 0x5e1a
#define BLOCK_FREE 0xf4ee
#define CLASS_LARGE 0xffff
#define CLASS_COUNT 40
#define LARGEST_CLASS 32768u
#define SEGMENT_BYTES 0x10000u

/* Before every block. */
typedef struct BLOCK {
  ULONG Bytes; /* as asked for */
  USHORT Class;
  USHORT State;
} BLOCK;
_Static_assert(sizeof(BLOCK) == 8, "blocks are aligned to eight");

/* At the start of every run of pages that the heap owns. */
typedef struct SEGMENT {
  struct SEGMENT *Next, *Previous;
  UCHAR *First, *Used; /* its blocks lie one behind the other; the newest segment's end is the
                          heap's Unused */
} SEGMENT;
_Static_assert(sizeof(SEGMENT) == 16, "blocks are aligned to eight");

typedef struct HEAP {
  SEGMENT Segments; /* a ring; this structure lies in the first one */
  ULONG Signature, Flags;
  RTL_CRITICAL_SECTION Lock;
  BLOCK* Free[CLASS_COUNT];
  UCHAR *Unused, *End; /* what is left of the newest segment */
  SEGMENT* Newest;
  SIZE_T Limit, Taken; /* bytes that may be, and are, in blocks in use; no limit: 0 */
} HEAP;

/* Null for a handle that is no heap's. */
HEAP* RtlpHeapOf(PVOID handle);
VOID RtlpLockHeap(HEAP* heap, ULONG flags);
VOID RtlpUnlockHeap(HEAP* heap, ULONG flags);
/* Bytes from a block's header to the next one's. */
ULONG RtlpBlockSpan(const BLOCK* block);

#endif
