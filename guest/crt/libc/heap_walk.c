/* The heap looked at (documented under _heapchk, _heapwalk, _heapmin). */
#include <malloc.h>

#include "crt.h"

/* HeapWalk's. */
typedef struct PROCESS_HEAP_ENTRY {
  PVOID Data;
  DWORD Bytes;
  BYTE Overhead, Region;
  USHORT Flags;
  DWORD Block[4];
} PROCESS_HEAP_ENTRY;
_Static_assert(sizeof(PROCESS_HEAP_ENTRY) == 28, "PROCESS_HEAP_ENTRY");
#define PROCESS_HEAP_REGION 1
#define PROCESS_HEAP_UNCOMMITTED_RANGE 2
#define PROCESS_HEAP_ENTRY_BUSY 4
#define ERROR_NO_MORE_ITEMS 259
BOOL WINAPI HeapWalk(HANDLE heap, PROCESS_HEAP_ENTRY* entry);
BOOL WINAPI HeapValidate(HANDLE heap, DWORD flags, const void* block);
SIZE_T WINAPI HeapCompact(HANDLE heap, DWORD flags);

int _heapchk(void) {
  return HeapValidate(GetProcessHeap(), 0, 0) ? _HEAPOK : _HEAPBADNODE;
}

int _heapmin(void) {
  HeapCompact(GetProcessHeap(), 0);
  return 0;
}

/* `info->_pentry` is null at first; then the entry that the last call told of. */
int _heapwalk(_HEAPINFO* info) {
  PROCESS_HEAP_ENTRY entry = {0, 0, 0, 0, 0, {0, 0, 0, 0}};
  if (!info) {
    crt_invalid_parameter();
    return _HEAPBADPTR;
  }
  const int* last = info->_pentry;
  int found = last == 0;
  while (HeapWalk(GetProcessHeap(), &entry)) {
    if (entry.Flags & (PROCESS_HEAP_REGION | PROCESS_HEAP_UNCOMMITTED_RANGE)) continue;
    if (found) {
      info->_pentry = entry.Data;
      info->_size = entry.Bytes;
      info->_useflag = entry.Flags & PROCESS_HEAP_ENTRY_BUSY ? _USEDENTRY : _FREEENTRY;
      return _HEAPOK;
    }
    found = entry.Data == last;
  }
  if (!found) return _HEAPBADPTR;
  return GetLastError() == ERROR_NO_MORE_ITEMS ? _HEAPEND : _HEAPBADNODE;
}
