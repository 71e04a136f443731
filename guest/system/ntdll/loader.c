/* LdrLoadDll and its kin: the loader's lock held by a __try/__finally, as in Windows, so that an
 * exception that leaves a DLL's initializer does not leave the lock behind. */
#include "system/ntdll/ldrp.h"
#include "system/ntdll/modules.h"
#include "system/ntdll/strings.h"

/* The longest path of a module in UTF-8: a host's file has a name of at most 255 bytes. */
#define LONGEST_PATH (sizeof "C:\\lab\\" + 255)
/* MAX_PATH units in UTF-8. */
#define LONGEST_NAME (3 * MAX_PATH)

/* A UTF-16 name as the host has it. */
static NTSTATUS utf8_name(const UNICODE_STRING* name, char* to, ULONG* bytes) {
  ULONG count = name->Length / sizeof(WCHAR);
  if (count > MAX_PATH) return STATUS_NAME_TOO_LONG;
  for (ULONG i = 0; i < count; ++i) {
    if (name->Buffer[i] == 0) return STATUS_DLL_NOT_FOUND;
  }
  /* No file has half a surrogate pair in its name. */
  return RtlUnicodeToUTF8N(to, LONGEST_NAME, bytes, name->Buffer, name->Length) == STATUS_SUCCESS
             ? STATUS_SUCCESS
             : STATUS_DLL_NOT_FOUND;
}

static NTSTATUS map_and_attach(const char* name, ULONG bytes, PVOID* module) {
  NTSTATUS status = LdrpMapModule(name, bytes, module);
  if (!NT_SUCCESS(status)) return status;
  ULONG adopted;
  status = LdrpAdoptNewModules(&adopted);
  if (!NT_SUCCESS(status)) return status;
  LdrpReferenceModule(*module);
  status = LdrpRunAttachRoutines(0);
  if (!NT_SUCCESS(status)) LdrpReleaseModule(*module);
  return status;
}

NTSTATUS NTAPI LdrLoadDll(const WCHAR* search_path, const ULONG* flags, const UNICODE_STRING* name,
                          PVOID* module) {
  char utf8[LONGEST_NAME];
  ULONG bytes = 0;
  NTSTATUS status = utf8_name(name, utf8, &bytes);
  if (!NT_SUCCESS(status)) return status;
  PVOID found = 0;
  RtlEnterCriticalSection(&LdrpLoaderLock);
  __try {
    status = LdrpFindModule(utf8, bytes, &found);
    if (NT_SUCCESS(status)) {
      LdrpReferenceModule(found);
    } else {
      status = map_and_attach(utf8, bytes, &found);
    }
  } __finally {
    RtlLeaveCriticalSection(&LdrpLoaderLock);
  }
  if (NT_SUCCESS(status)) *module = found;
  return status;
}

NTSTATUS NTAPI LdrUnloadDll(PVOID module) {
  NTSTATUS status = STATUS_SUCCESS;
  RtlEnterCriticalSection(&LdrpLoaderLock);
  __try {
    status = LdrpReleaseModule(module);
  } __finally {
    RtlLeaveCriticalSection(&LdrpLoaderLock);
  }
  return status;
}

NTSTATUS NTAPI LdrGetDllHandle(const WCHAR* search_path, const ULONG* flags,
                               const UNICODE_STRING* name, PVOID* module) {
  char utf8[LONGEST_NAME];
  ULONG bytes = 0;
  NTSTATUS status = utf8_name(name, utf8, &bytes);
  if (!NT_SUCCESS(status)) return status;
  return LdrpFindModule(utf8, bytes, module);
}

NTSTATUS NTAPI LdrGetProcedureAddress(PVOID module, const ANSI_STRING* name, ULONG ordinal,
                                      PVOID* address) {
  NTSTATUS status;
  ULONG adopted = 0;
  RtlEnterCriticalSection(&LdrpLoaderLock);
  __try {
    status =
        LdrpFindExport(module, name ? name->Buffer : 0, name ? name->Length : 0, ordinal, address);
    /* A forwarder may have brought DLLs in: they stay, as if the module had imported them. */
    if (NT_SUCCESS(status)) status = LdrpAdoptNewModules(&adopted);
    if (NT_SUCCESS(status) && adopted) status = LdrpRunAttachRoutines(0);
  } __finally {
    RtlLeaveCriticalSection(&LdrpLoaderLock);
  }
  return status;
}

/* The path of a module into name->Buffer; name->Length is set, a terminating zero is written
 * where there is room. */
NTSTATUS NTAPI LdrGetDllFullName(PVOID module, UNICODE_STRING* name) {
  char path[LONGEST_PATH];
  WCHAR wide[LONGEST_PATH];
  ULONG needed = 0, bytes = 0;
  PVOID base = module ? module : current_peb()->ImageBaseAddress;
  NTSTATUS status = LdrpQueryModulePath(base, path, sizeof path, &needed);
  if (!NT_SUCCESS(status)) return status;
  RtlUTF8ToUnicodeN(wide, sizeof wide, &bytes, path, needed - 1);
  ULONG room = name->MaximumLength / sizeof(WCHAR), whole = bytes / sizeof(WCHAR);
  ULONG length = whole < room ? whole : room;
  for (ULONG i = 0; i < length; ++i) name->Buffer[i] = wide[i];
  if (length < room) name->Buffer[length] = 0;
  name->Length = (USHORT)(length * sizeof(WCHAR));
  return whole < room ? STATUS_SUCCESS : STATUS_BUFFER_TOO_SMALL;
}

NTSTATUS NTAPI LdrDisableThreadCalloutsForDll(PVOID module) {
  RtlEnterCriticalSection(&LdrpLoaderLock);
  LdrpSilenceThreadCalls(module);
  RtlLeaveCriticalSection(&LdrpLoaderLock);
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI LdrAddRefDll(ULONG flags, PVOID module) {
  if (flags & ~LDR_ADDREF_DLL_PIN) return STATUS_INVALID_PARAMETER;
  RtlEnterCriticalSection(&LdrpLoaderLock);
  BOOLEAN found = flags ? LdrpPinModule(module) : LdrpReferenceModule(module);
  RtlLeaveCriticalSection(&LdrpLoaderLock);
  return found ? STATUS_SUCCESS : STATUS_DLL_NOT_FOUND;
}
