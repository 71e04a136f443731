/* Blocks of the old Local and Global families. A fixed block's handle is its address; a movable
 * one's is a place in its entry here, which no block's address can be: not a multiple of eight. */
#include "system/kernel32/base.h"

#define LMEM_MOVEABLE 0x2
#define LMEM_ZEROINIT 0x40
#define LMEM_MODIFY 0x80
#define LMEM_DISCARDED 0x4000
#define LMEM_INVALID_HANDLE 0x8000u
#define ERROR_DISCARDED 157
#define ERROR_NOT_LOCKED 158
#define MOST_LOCKS 0xff
#define MARK 4 /* of a handle of a movable block */
#define SIGNATURE 0x4d4f5642u

typedef struct MOVABLE_ENTRY {
  ULONG Signature;
  PVOID Block; /* at the handle; null: discarded */
  ULONG Locks;
  struct MOVABLE_ENTRY* Next;
} MOVABLE_ENTRY;
_Static_assert(offsetof(MOVABLE_ENTRY, Block) == MARK, "a handle points at the block's address");

static MOVABLE_ENTRY* entries;

static BOOL is_movable(PVOID handle) {
  return ((ULONG_PTR)handle & 7) == MARK;
}

/* Null, with ERROR_INVALID_HANDLE, for what no entry is at. */
static MOVABLE_ENTRY* entry_of(PVOID handle) {
  MOVABLE_ENTRY* entry = entries;
  RtlEnterCriticalSection(current_peb()->FastPebLock);
  while (entry && (PVOID)&entry->Block != handle) entry = entry->Next;
  RtlLeaveCriticalSection(current_peb()->FastPebLock);
  return entry ? entry : (PVOID)fail(ERROR_INVALID_HANDLE);
}

static PVOID allocate(UINT flags, SIZE_T bytes) {
  PVOID block =
      RtlAllocateHeap(GetProcessHeap(), (flags & LMEM_ZEROINIT) ? HEAP_ZERO_MEMORY : 0, bytes);
  return block ? block : (PVOID)fail(ERROR_NOT_ENOUGH_MEMORY);
}

/* Of no bytes: the block is discarded from the beginning. */
static PVOID allocate_movable(UINT flags, SIZE_T bytes) {
  MOVABLE_ENTRY* entry = RtlAllocateHeap(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *entry);
  if (!entry) return (PVOID)fail(ERROR_NOT_ENOUGH_MEMORY);
  if (bytes && !(entry->Block = allocate(flags, bytes))) {
    RtlFreeHeap(GetProcessHeap(), 0, entry);
    return 0;
  }
  entry->Signature = SIGNATURE;
  RtlEnterCriticalSection(current_peb()->FastPebLock);
  entry->Next = entries;
  entries = entry;
  RtlLeaveCriticalSection(current_peb()->FastPebLock);
  return &entry->Block;
}

PVOID WINAPI LocalAlloc(UINT flags, SIZE_T bytes) {
  return flags & LMEM_MOVEABLE ? allocate_movable(flags, bytes) : allocate(flags, bytes);
}

static PVOID free_movable(PVOID handle) {
  MOVABLE_ENTRY* entry = entry_of(handle);
  if (!entry) return handle;
  RtlEnterCriticalSection(current_peb()->FastPebLock);
  MOVABLE_ENTRY** link = &entries;
  while (*link != entry) link = &(*link)->Next;
  *link = entry->Next;
  RtlLeaveCriticalSection(current_peb()->FastPebLock);
  if (entry->Block) RtlFreeHeap(GetProcessHeap(), 0, entry->Block);
  RtlFreeHeap(GetProcessHeap(), 0, entry);
  return 0;
}

PVOID WINAPI LocalFree(PVOID handle) {
  if (is_movable(handle)) return free_movable(handle);
  if (!handle || RtlFreeHeap(GetProcessHeap(), 0, handle)) return 0;
  SetLastError(ERROR_INVALID_HANDLE);
  return handle;
}

SIZE_T WINAPI LocalSize(PVOID handle) {
  if (is_movable(handle)) {
    const MOVABLE_ENTRY* entry = entry_of(handle);
    if (!entry || !entry->Block) return 0;
    handle = entry->Block;
  }
  SIZE_T bytes = RtlSizeHeap(GetProcessHeap(), 0, handle);
  if (bytes != (SIZE_T)-1) return bytes;
  SetLastError(ERROR_INVALID_HANDLE);
  return 0;
}

static PVOID reallocate(PVOID block, SIZE_T bytes, DWORD how) {
  PVOID grown = RtlReAllocateHeap(GetProcessHeap(), how, block, bytes);
  return grown ? grown : (PVOID)fail(ERROR_NOT_ENOUGH_MEMORY);
}

/* A movable block that is locked stays where it is; one of no bytes is discarded. */
static PVOID reallocate_movable(PVOID handle, SIZE_T bytes, UINT flags) {
  MOVABLE_ENTRY* entry = entry_of(handle);
  DWORD how = (flags & LMEM_ZEROINIT) ? HEAP_ZERO_MEMORY : 0;
  if (!entry) return 0;
  if (bytes == 0 && entry->Locks == 0) {
    if (entry->Block) RtlFreeHeap(GetProcessHeap(), 0, entry->Block);
    entry->Block = 0;
    return handle;
  }
  if (entry->Locks && !(flags & LMEM_MOVEABLE)) how |= HEAP_REALLOC_IN_PLACE_ONLY;
  PVOID block = entry->Block ? reallocate(entry->Block, bytes, how) : allocate(flags, bytes);
  if (!block) return 0;
  entry->Block = block;
  return handle;
}

/* Without LMEM_MOVEABLE a fixed block stays where it is. */
PVOID WINAPI LocalReAlloc(PVOID handle, SIZE_T bytes, UINT flags) {
  DWORD how = (flags & LMEM_ZEROINIT) ? HEAP_ZERO_MEMORY : 0;
  if (flags & LMEM_MODIFY) LabUnmodelled("LMEM_MODIFY of LocalReAlloc");
  if (is_movable(handle)) return reallocate_movable(handle, bytes, flags);
  if (!(flags & LMEM_MOVEABLE)) how |= HEAP_REALLOC_IN_PLACE_ONLY;
  return reallocate(handle, bytes, how);
}

PVOID WINAPI LocalLock(PVOID handle) {
  if (!is_movable(handle)) return handle;
  MOVABLE_ENTRY* entry = entry_of(handle);
  if (!entry) return 0;
  if (!entry->Block) return (PVOID)fail(ERROR_DISCARDED);
  if (entry->Locks < MOST_LOCKS) ++entry->Locks;
  return entry->Block;
}

/* Whether it is locked still; the last unlocking is told by no error. */
static BOOL unlock_movable(PVOID handle) {
  MOVABLE_ENTRY* entry = entry_of(handle);
  if (!entry) return FALSE;
  if (entry->Locks == 0) {
    SetLastError(ERROR_NOT_LOCKED);
    return FALSE;
  }
  SetLastError(0);
  return --entry->Locks != 0;
}

/* The two families differ for a fixed block, which is never locked. */
BOOL WINAPI LocalUnlock(PVOID handle) {
  if (is_movable(handle)) return unlock_movable(handle);
  SetLastError(ERROR_NOT_LOCKED);
  return FALSE;
}
BOOL WINAPI GlobalUnlock(PVOID handle) {
  return is_movable(handle) ? unlock_movable(handle) : TRUE;
}

/* The handle of a block by its address. */
PVOID WINAPI LocalHandle(const void* block) {
  for (MOVABLE_ENTRY* entry = entries; entry; entry = entry->Next) {
    if (block && entry->Block == block) return &entry->Block;
  }
  if (RtlValidateHeap(GetProcessHeap(), 0, block)) return (PVOID)block;
  return (PVOID)fail(ERROR_INVALID_HANDLE);
}

UINT WINAPI LocalFlags(PVOID handle) {
  if (!is_movable(handle)) return 0;
  const MOVABLE_ENTRY* entry = entry_of(handle);
  if (!entry) return LMEM_INVALID_HANDLE;
  return entry->Block ? entry->Locks : LMEM_DISCARDED;
}

PVOID WINAPI GlobalAlloc(UINT flags, SIZE_T bytes) {
  return LocalAlloc(flags, bytes);
}
PVOID WINAPI GlobalFree(PVOID handle) {
  return LocalFree(handle);
}
SIZE_T WINAPI GlobalSize(PVOID handle) {
  return LocalSize(handle);
}
PVOID WINAPI GlobalReAlloc(PVOID handle, SIZE_T bytes, UINT flags) {
  return LocalReAlloc(handle, bytes, flags);
}
PVOID WINAPI GlobalLock(PVOID handle) {
  return LocalLock(handle);
}
PVOID WINAPI GlobalHandle(const void* block) {
  return LocalHandle(block);
}
UINT WINAPI GlobalFlags(PVOID handle) {
  return LocalFlags(handle);
}
