/* What the C++ runtime keeps of each thread, in a slot of thread-local storage. Memory for it is
 * taken at first use: a thread need not have been made by the runtime. */
#include "crt/eh/cxx_eh.h"

static volatile LONG slot = (LONG)TLS_OUT_OF_INDEXES;

static DWORD thread_slot(void) {
  if ((DWORD)slot == TLS_OUT_OF_INDEXES) {
    DWORD mine = TlsAlloc();
    if (mine == TLS_OUT_OF_INDEXES) crt_terminate();
    LONG before = InterlockedCompareExchange(&slot, (LONG)mine, (LONG)TLS_OUT_OF_INDEXES);
    if ((DWORD)before != TLS_OUT_OF_INDEXES) TlsFree(mine);
  }
  return (DWORD)slot;
}

EH_THREAD* eh_thread(void) {
  DWORD error = GetLastError(); /* TlsGetValue sets it */
  DWORD index = thread_slot();
  EH_THREAD* thread = TlsGetValue(index);
  if (!thread) {
    thread = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *thread);
    if (!thread || !TlsSetValue(index, thread)) crt_terminate();
  }
  SetLastError(error);
  return thread;
}

void eh_thread_detach(void) {
  if ((DWORD)slot == TLS_OUT_OF_INDEXES) return;
  EH_THREAD* thread = TlsGetValue((DWORD)slot);
  if (!thread) return;
  TlsSetValue((DWORD)slot, 0);
  HeapFree(GetProcessHeap(), 0, thread);
}
