/* Interlocked singly linked lists: head, depth and a sequence that tells a head from the same
 * entry put back, changed in one instruction. */
#include "system/ntdll/sync.h"

static SLIST_HEADER read_head(SLIST_HEADER* head) {
  SLIST_HEADER seen;
  seen.Alignment = __sync_val_compare_and_swap(&head->Alignment, 0, 0);
  return seen;
}

static BOOLEAN change(SLIST_HEADER* head, SLIST_HEADER from, SLIST_HEADER to) {
  return __sync_bool_compare_and_swap(&head->Alignment, from.Alignment, to.Alignment);
}

VOID NTAPI RtlInitializeSListHead(SLIST_HEADER* head) {
  head->Alignment = 0;
}

SLIST_ENTRY* NTAPI RtlInterlockedPushEntrySList(SLIST_HEADER* head, SLIST_ENTRY* entry) {
  SLIST_HEADER seen, next;
  do {
    seen = read_head(head);
    entry->Next = seen.Next;
    next.Next = entry;
    next.Depth = (WORD)(seen.Depth + 1);
    next.Sequence = (WORD)(seen.Sequence + 1);
  } while (!change(head, seen, next));
  return seen.Next;
}

SLIST_ENTRY* NTAPI RtlInterlockedPopEntrySList(SLIST_HEADER* head) {
  SLIST_HEADER seen, next;
  do {
    seen = read_head(head);
    if (!seen.Next) return 0;
    /* Another thread may have taken and freed the entry: no list of the lab's frees pages. */
    next.Next = seen.Next->Next;
    next.Depth = (WORD)(seen.Depth - 1);
    next.Sequence = seen.Sequence;
  } while (!change(head, seen, next));
  return seen.Next;
}

SLIST_ENTRY* NTAPI RtlInterlockedFlushSList(SLIST_HEADER* head) {
  SLIST_HEADER seen, next;
  do {
    seen = read_head(head);
    if (!seen.Next) return 0;
    next.Next = 0;
    next.Depth = 0;
    next.Sequence = seen.Sequence;
  } while (!change(head, seen, next));
  return seen.Next;
}

SLIST_ENTRY* NTAPI RtlFirstEntrySList(const SLIST_HEADER* head) {
  return head->Next;
}

WORD NTAPI RtlQueryDepthSList(SLIST_HEADER* head) {
  return read_head(head).Depth;
}
