/* Vectored handlers: adding and removing them. The lists are linked and walked by the host
 * (host/seh/vectored.hpp), so that no thread ever sees one half done. */
#include "system/ntdll/ntdll.h"

enum { EXCEPTION_LIST, CONTINUE_LIST, LIST_COUNT };

struct {
  struct {
    PVOID Flink, Blink; /* both 0 or both the head itself: empty */
  } Heads[LIST_COUNT];
  RTLP_VECTORED_ENTRY* Retired;
} RtlpVectoredHandlers;

static PVOID add(ULONG list, ULONG first, VECTORED_HANDLER handler) {
  RTLP_VECTORED_ENTRY* entry = RtlpInsertVectoredHandler(list, 0, first, handler);
  if (entry) return entry;
  entry = RtlAllocateHeap(current_peb()->ProcessHeap, 0, sizeof *entry);
  return entry ? RtlpInsertVectoredHandler(list, entry, first, handler) : 0;
}

PVOID NTAPI RtlAddVectoredExceptionHandler(ULONG first, VECTORED_HANDLER handler) {
  return add(EXCEPTION_LIST, first, handler);
}

PVOID NTAPI RtlAddVectoredContinueHandler(ULONG first, VECTORED_HANDLER handler) {
  return add(CONTINUE_LIST, first, handler);
}

ULONG NTAPI RtlRemoveVectoredExceptionHandler(PVOID handle) {
  return RtlpRemoveVectoredHandler(EXCEPTION_LIST, handle);
}

ULONG NTAPI RtlRemoveVectoredContinueHandler(PVOID handle) {
  return RtlpRemoveVectoredHandler(CONTINUE_LIST, handle);
}
