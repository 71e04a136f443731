/* Implicit thread-local storage: each module with a TLS directory has an index into the vector
 * that TEB.ThreadLocalStoragePointer points to, and each thread a copy of the module's template
 * there. DLLs that come later get their copies in all threads (Windows Vista and later). All of
 * it runs under the loader's lock. */
#include "system/ntdll/ldrp.h"

#define IMAGE_DIRECTORY_ENTRY_TLS 9
#define TLS_MODULES 64

typedef struct TLS_DIRECTORY {
  const UCHAR *Start, *End;
  ULONG *Index;
  PVOID CallBacks;
  ULONG ZeroFill, Characteristics;
} TLS_DIRECTORY;

typedef struct TLS_MODULE {
  PVOID Base; /* 0: no module has this index */
  ULONG Bytes, ZeroFill;
  const UCHAR *Template;
} TLS_MODULE;

typedef struct THREAD_TLS {
  PVOID Blocks[TLS_MODULES];
  struct THREAD_TLS *Next;
} THREAD_TLS;

static TLS_MODULE modules[TLS_MODULES];
static THREAD_TLS *threads;

static PVOID heap(void) { return current_peb()->ProcessHeap; }

static void fill_block(THREAD_TLS *thread, ULONG index) {
  const TLS_MODULE *module = &modules[index];
  if (!module->Base || thread->Blocks[index]) return;
  UCHAR *block = RtlAllocateHeap(heap(), HEAP_ZERO_MEMORY, module->Bytes + module->ZeroFill);
  if (!block) RtlRaiseStatus(STATUS_NO_MEMORY);
  RtlMoveMemory(block, module->Template, module->Bytes);
  thread->Blocks[index] = block;
}

static ULONG index_of(PVOID base) {
  ULONG index = 0;
  while (index < TLS_MODULES && modules[index].Base != base) ++index;
  return index;
}

static void assign_index(PVOID base) {
  const TLS_DIRECTORY *directory = LdrpDirectory(base, IMAGE_DIRECTORY_ENTRY_TLS, 0);
  if (!directory || index_of(base) < TLS_MODULES) return;
  ULONG index = index_of(0);
  if (index == TLS_MODULES) RtlRaiseStatus(STATUS_NO_MEMORY);
  ULONG bytes = directory->End > directory->Start ? directory->End - directory->Start : 0;
  modules[index] = (TLS_MODULE){base, bytes, directory->ZeroFill, directory->Start};
  *directory->Index = index;
  for (THREAD_TLS *thread = threads; thread; thread = thread->Next) fill_block(thread, index);
}

VOID LdrpAssignTlsIndexes(void) {
  PVOID base;
  for (ULONG i = 0; NT_SUCCESS(LdrpQueryModule(i, &base)); ++i) assign_index(base);
}

VOID LdrpForgetTls(PVOID base) {
  ULONG index = index_of(base);
  if (index == TLS_MODULES) return;
  modules[index].Base = 0;
  for (THREAD_TLS *thread = threads; thread; thread = thread->Next) {
    RtlFreeHeap(heap(), 0, thread->Blocks[index]);
    thread->Blocks[index] = 0;
  }
}

VOID LdrpStartThreadTls(void) {
  THREAD_TLS *thread = RtlAllocateHeap(heap(), HEAP_ZERO_MEMORY, sizeof *thread);
  if (!thread) RtlRaiseStatus(STATUS_NO_MEMORY);
  thread->Next = threads;
  threads = thread;
  teb_write(TEB_TLS_POINTER, (ULONG)thread->Blocks);
  for (ULONG i = 0; i < TLS_MODULES; ++i) fill_block(thread, i);
}

VOID LdrpEndThreadTls(void) {
  THREAD_TLS *thread = (THREAD_TLS *)teb_read(TEB_TLS_POINTER);
  THREAD_TLS **link = &threads;
  while (*link && *link != thread) link = &(*link)->Next;
  if (!*link) return; /* the program has put its own vector there */
  *link = thread->Next;
  teb_write(TEB_TLS_POINTER, 0);
  for (ULONG i = 0; i < TLS_MODULES; ++i) RtlFreeHeap(heap(), 0, thread->Blocks[i]);
  RtlFreeHeap(heap(), 0, thread);
}
