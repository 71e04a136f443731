/* Which modules are in use, and the routines that are called when they come and go. The host maps
 * and binds; everything that calls into the program is here. All of it runs under the loader's
 * lock. */
#include "system/ntdll/modules.h"

#include "system/ntdll/ldrp.h"
#include "system/ntdll/strings.h"

#define IMAGE_DIRECTORY_ENTRY_IMPORT 1
#define PINNED 0xffffffffu

RTL_CRITICAL_SECTION LdrpLoaderLock;

typedef struct MODULE_USE {
  PVOID Base;
  ULONG References; /* PINNED: loaded with the program, never unloaded */
  BOOLEAN NoThreadCalls;
} MODULE_USE;

/* Bounded by what a process can reasonably load; a DLL beyond it is refused. */
static MODULE_USE uses[512];
static ULONG use_count;
/* Initializers below this number have been called. */
static ULONG next_initializer;

static MODULE_USE* find_use(PVOID base) {
  for (ULONG i = 0; i < use_count; ++i) {
    if (uses[i].Base == base) return &uses[i];
  }
  return 0;
}

static MODULE_USE* add_use(PVOID base) {
  if (use_count == sizeof uses / sizeof uses[0]) return 0;
  MODULE_USE* use = &uses[use_count++];
  *use = (MODULE_USE){base, 0, FALSE};
  return use;
}

VOID LdrpPinModules(void) {
  PVOID base;
  for (ULONG i = 0; NT_SUCCESS(LdrpQueryModule(i, &base)); ++i) {
    MODULE_USE* use = add_use(base);
    if (use) use->References = PINNED;
  }
}

/* Is this routine the entry point of a DLL, whose result counts? (A TLS callback has none.) */
static BOOLEAN is_entry_point(const LDRP_INITIALIZER* initializer) {
  return LdrpIsDll(initializer->Module) &&
         (UCHAR*)initializer->Routine ==
             (UCHAR*)initializer->Module + LdrpEntryRva(initializer->Module);
}

NTSTATUS LdrpRunAttachRoutines(PVOID reserved) {
  LDRP_INITIALIZER initializer;
  while (NT_SUCCESS(LdrpQueryInitializer(next_initializer, &initializer))) {
    ++next_initializer;
    BOOLEAN done =
        LdrpCallInitRoutine(initializer.Routine, initializer.Module, DLL_PROCESS_ATTACH, reserved);
    if (!done && is_entry_point(&initializer)) return STATUS_DLL_INIT_FAILED;
  }
  return STATUS_SUCCESS;
}

static BOOLEAN wants_thread_calls(const LDRP_INITIALIZER* initializer) {
  const MODULE_USE* use = find_use(initializer->Module);
  return !(use && use->NoThreadCalls);
}

VOID LdrpRunThreadRoutines(DWORD reason) {
  LDRP_INITIALIZER initializer;
  for (ULONG i = 0; i < next_initializer; ++i) {
    ULONG index = reason == DLL_THREAD_ATTACH ? i : next_initializer - 1 - i;
    if (!NT_SUCCESS(LdrpQueryInitializer(index, &initializer))) continue;
    if (!wants_thread_calls(&initializer)) continue;
    LdrpCallInitRoutine(initializer.Routine, initializer.Module, reason, 0);
  }
}

VOID LdrpRunDetachRoutines(PVOID only_module, PVOID reserved) {
  LDRP_INITIALIZER initializer;
  for (ULONG i = next_initializer; i-- > 0;) {
    if (!NT_SUCCESS(LdrpQueryInitializer(i, &initializer))) continue;
    if (only_module && initializer.Module != only_module) continue;
    LdrpCallInitRoutine(initializer.Routine, initializer.Module, DLL_PROCESS_DETACH, reserved);
  }
}

/* The loaded module of that name, which is bytes of an image: of code page 1252. */
static NTSTATUS find_imported(const char* name, PVOID* base) {
  ULONG length = (ULONG)__builtin_strlen(name), i = 0;
  while (i < length && (UCHAR)name[i] < 0x80) ++i;
  if (i == length) return LdrpFindModule(name, length, base);
  WCHAR wide[MAX_PATH];
  char utf8[3 * MAX_PATH];
  ULONG bytes = 0;
  if (length > MAX_PATH) return STATUS_NAME_TOO_LONG;
  RtlMultiByteToUnicodeN(wide, sizeof wide, &bytes, name, length);
  RtlUnicodeToUTF8N(utf8, sizeof utf8, &bytes, wide, bytes);
  return LdrpFindModule(utf8, bytes, base);
}

/* Calls `act` for every module that `base` imports from. */
static void for_each_import(PVOID base, void (*act)(PVOID imported)) {
  /* Five words each: names, stamp, forwarders, DLL's name, addresses; a zero name ends them. */
  const ULONG* descriptor = LdrpDirectory(base, IMAGE_DIRECTORY_ENTRY_IMPORT);
  for (; descriptor && descriptor[3]; descriptor += 5) {
    PVOID imported;
    if (NT_SUCCESS(find_imported((const char*)base + descriptor[3], &imported))) act(imported);
  }
}

static void reference(PVOID base) {
  MODULE_USE* use = find_use(base);
  if (use && use->References != PINNED) ++use->References;
}

BOOLEAN LdrpReferenceModule(PVOID base) {
  if (!find_use(base)) return FALSE;
  reference(base);
  return TRUE;
}

BOOLEAN LdrpPinModule(PVOID base) {
  MODULE_USE* use = find_use(base);
  if (use) use->References = PINNED;
  return use != 0;
}

NTSTATUS LdrpAdoptNewModules(ULONG* adopted) {
  PVOID base;
  ULONG first_new = use_count;
  for (ULONG i = 0; NT_SUCCESS(LdrpQueryModule(i, &base)); ++i) {
    if (!find_use(base) && !add_use(base)) return STATUS_NO_MEMORY;
  }
  for (ULONG i = first_new; i < use_count; ++i) for_each_import(uses[i].Base, reference);
  *adopted = use_count - first_new;
  return STATUS_SUCCESS;
}

static ULONG initializers_of(PVOID base) {
  LDRP_INITIALIZER initializer;
  ULONG count = 0;
  for (ULONG i = 0; i < next_initializer; ++i) {
    if (NT_SUCCESS(LdrpQueryInitializer(i, &initializer)) && initializer.Module == base) ++count;
  }
  return count;
}

static void release(PVOID base) {
  LdrpReleaseModule(base);
}

NTSTATUS LdrpReleaseModule(PVOID base) {
  MODULE_USE* use = find_use(base);
  if (!use) return STATUS_DLL_NOT_FOUND;
  if (use->References == PINNED) return STATUS_SUCCESS;
  if (use->References > 1) {
    --use->References;
    return STATUS_SUCCESS;
  }
  /* Out of the list first: a DLL that imports itself, directly or not, is released once. */
  *use = uses[--use_count];
  LdrpRunDetachRoutines(base, 0);
  for_each_import(base, release);
  next_initializer -= initializers_of(base);
  return LdrpUnmapModule(base);
}

VOID LdrpSilenceThreadCalls(PVOID base) {
  MODULE_USE* use = find_use(base);
  if (use) use->NoThreadCalls = TRUE;
}
