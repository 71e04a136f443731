/* Resources, as programs look for them. A name is a string, a number below 64 KiB, or "#" and a
 * number in digits. */
#include "system/ntdll/resources.h"

#include "system/kernel32/strings.h"

#define ERROR_RESOURCE_ENUM_USER_STOP 15106

typedef const WCHAR* NAME;

static HMODULE module_or_program(HMODULE module) {
  return module ? module : current_peb()->ImageBaseAddress;
}

static BOOL is_number(const void* name) {
  return (ULONG_PTR)name < 0x10000;
}

static ULONG_PTR id_of(NAME name) {
  if (is_number(name) || name[0] != '#') return (ULONG_PTR)name;
  ULONG number = 0;
  for (const WCHAR* at = name + 1; *at >= '0' && *at <= '9'; ++at) number = number * 10 + *at - '0';
  return (USHORT)number;
}

HANDLE WINAPI FindResourceExW(HMODULE module, NAME type, NAME name, WORD language) {
  LDR_RESOURCE_INFO wanted = {id_of(type), id_of(name), language};
  IMAGE_RESOURCE_DATA_ENTRY* entry;
  return succeeded(LdrFindResource_U(module_or_program(module), &wanted, 3, &entry)) ? entry : 0;
}

HANDLE WINAPI FindResourceW(HMODULE module, NAME name, NAME type) {
  return FindResourceExW(module, type, name, 0);
}

/* A number, or the name as UTF-16 on the heap. */
static WCHAR* widen(const char* name) {
  return is_number(name) ? (WCHAR*)name : BasepWiden(name);
}
static void release(WCHAR* name) {
  if (!is_number(name)) BasepFree(name);
}

HANDLE WINAPI FindResourceExA(HMODULE module, const char* type, const char* name, WORD language) {
  WCHAR *wide_type = widen(type), *wide_name = widen(name);
  HANDLE entry = FindResourceExW(module, wide_type, wide_name, language);
  DWORD error = GetLastError();
  release(wide_type);
  release(wide_name);
  SetLastError(error);
  return entry;
}

HANDLE WINAPI FindResourceA(HMODULE module, const char* name, const char* type) {
  return FindResourceExA(module, type, name, 0);
}

PVOID WINAPI LoadResource(HMODULE module, HANDLE entry) {
  PVOID data = 0;
  return succeeded(LdrAccessResource(module_or_program(module), entry, &data, 0)) ? data : 0;
}

DWORD WINAPI SizeofResource(HMODULE module, HANDLE entry) {
  ULONG bytes = 0;
  return succeeded(LdrAccessResource(module_or_program(module), entry, 0, &bytes)) ? bytes : 0;
}

PVOID WINAPI LockResource(PVOID data) {
  return data;
}

/* Resources lie in their image; there is nothing to free. */
BOOL WINAPI FreeResource(PVOID data) {
  (void)data;
  return FALSE;
}

/* Calls for each entry of a directory with its name, as a string or a number. */
typedef BOOL (*EACH)(PVOID context, ULONG_PTR name);

static BOOL for_each(HMODULE module, const LDR_RESOURCE_INFO* wanted, ULONG levels, EACH each,
                     PVOID context) {
  IMAGE_RESOURCE_DIRECTORY *root, *directory;
  HMODULE image = module_or_program(module);
  if (!succeeded(LdrFindResourceDirectory_U(image, wanted, 0, &root)) ||
      !succeeded(LdrFindResourceDirectory_U(image, wanted, levels, &directory))) {
    return FALSE;
  }
  ULONG count = directory->NumberOfNamedEntries + (ULONG)directory->NumberOfIdEntries;
  for (ULONG i = 0; i < count; ++i) {
    ULONG name = directory->Entries[i].Name;
    WCHAR* text = 0;
    if (name & 0x80000000) {
      const WCHAR* counted = (const WCHAR*)((UCHAR*)root + (name & 0x7fffffff));
      ULONG length = counted[0];
      text = RtlAllocateHeap(GetProcessHeap(), 0, (length + 1) * sizeof(WCHAR));
      if (!text) return succeeded(STATUS_NO_MEMORY);
      RtlMoveMemory(text, counted + 1, length * sizeof(WCHAR));
      text[length] = 0;
    }
    BOOL more = each(context, text ? (ULONG_PTR)text : name);
    if (text) BasepFree(text);
    if (!more) {
      SetLastError(ERROR_RESOURCE_ENUM_USER_STOP);
      return FALSE;
    }
  }
  return TRUE;
}

/* What the callbacks get, whose first parameters differ with what is listed. */
typedef struct LISTING {
  PVOID Callback;
  HMODULE Module;
  const void *Type, *Name; /* as the program gave them */
  LONG Parameter;
} LISTING;

/* A name for a callback that takes ANSI; freed after the call. */
static char* narrow(ULONG_PTR name) {
  if (name < 0x10000) return (char*)name;
  ULONG length = BasepLength((const WCHAR*)name);
  char* text = RtlAllocateHeap(GetProcessHeap(), 0, length + 1);
  if (text) BasepGiveAnsi((const WCHAR*)name, length, text, length + 1);
  return text;
}
static void release_narrow(char* text) {
  if (!is_number(text)) BasepFree(text);
}

typedef BOOL(WINAPI* TYPE_CALLBACK)(HMODULE, const void* type, LONG);
typedef BOOL(WINAPI* NAME_CALLBACK)(HMODULE, const void* type, const void* name, LONG);
typedef BOOL(WINAPI* LANGUAGE_CALLBACK)(HMODULE, const void* type, const void* name, WORD language,
                                        LONG);

static BOOL type_w(PVOID context, ULONG_PTR name) {
  const LISTING* list = context;
  return ((TYPE_CALLBACK)list->Callback)(list->Module, (PVOID)name, list->Parameter);
}
static BOOL type_a(PVOID context, ULONG_PTR name) {
  char* text = narrow(name);
  BOOL more = type_w(context, (ULONG_PTR)text);
  release_narrow(text);
  return more;
}
static BOOL name_w(PVOID context, ULONG_PTR name) {
  const LISTING* list = context;
  return ((NAME_CALLBACK)list->Callback)(list->Module, list->Type, (PVOID)name, list->Parameter);
}
static BOOL name_a(PVOID context, ULONG_PTR name) {
  char* text = narrow(name);
  BOOL more = name_w(context, (ULONG_PTR)text);
  release_narrow(text);
  return more;
}
static BOOL language(PVOID context, ULONG_PTR name) {
  const LISTING* list = context;
  return ((LANGUAGE_CALLBACK)list->Callback)(list->Module, list->Type, list->Name, (WORD)name,
                                             list->Parameter);
}

BOOL WINAPI EnumResourceTypesW(HMODULE module, PVOID callback, LONG parameter) {
  const LDR_RESOURCE_INFO all = {0, 0, 0};
  LISTING list = {callback, module, 0, 0, parameter};
  return for_each(module, &all, 0, type_w, &list);
}
BOOL WINAPI EnumResourceTypesA(HMODULE module, PVOID callback, LONG parameter) {
  const LDR_RESOURCE_INFO all = {0, 0, 0};
  LISTING list = {callback, module, 0, 0, parameter};
  return for_each(module, &all, 0, type_a, &list);
}

BOOL WINAPI EnumResourceNamesW(HMODULE module, NAME type, PVOID callback, LONG parameter) {
  const LDR_RESOURCE_INFO wanted = {id_of(type), 0, 0};
  LISTING list = {callback, module, type, 0, parameter};
  return for_each(module, &wanted, 1, name_w, &list);
}
BOOL WINAPI EnumResourceNamesA(HMODULE module, const char* type, PVOID callback, LONG parameter) {
  WCHAR* wide = widen(type);
  const LDR_RESOURCE_INFO wanted = {id_of(wide), 0, 0};
  LISTING list = {callback, module, type, 0, parameter};
  BOOL done = for_each(module, &wanted, 1, name_a, &list);
  DWORD error = GetLastError();
  release(wide);
  SetLastError(error);
  return done;
}

BOOL WINAPI EnumResourceLanguagesW(HMODULE module, NAME type, NAME name, PVOID callback,
                                   LONG parameter) {
  const LDR_RESOURCE_INFO wanted = {id_of(type), id_of(name), 0};
  LISTING list = {callback, module, type, name, parameter};
  return for_each(module, &wanted, 2, language, &list);
}
BOOL WINAPI EnumResourceLanguagesA(HMODULE module, const char* type, const char* name,
                                   PVOID callback, LONG parameter) {
  WCHAR *wide_type = widen(type), *wide_name = widen(name);
  const LDR_RESOURCE_INFO wanted = {id_of(wide_type), id_of(wide_name), 0};
  LISTING list = {callback, module, type, name, parameter};
  BOOL done = for_each(module, &wanted, 2, language, &list);
  DWORD error = GetLastError();
  release(wide_type);
  release(wide_name);
  SetLastError(error);
  return done;
}
