/* Resources by type, name and language, and what lists them: as Microsoft documents FindResourceEx,
 * LoadString, EnumResourceTypes and their kin. */
#include "cases/say.h"
#include "system/win32_strings.h"

#define ERROR_RESOURCE_DATA_NOT_FOUND 1812
#define ERROR_RESOURCE_TYPE_NOT_FOUND 1813
#define ERROR_RESOURCE_NAME_NOT_FOUND 1814
#define ERROR_RESOURCE_LANG_NOT_FOUND 1815
#define NUMBER(number) ((const void*)(ULONG_PTR)(number))

HANDLE WINAPI FindResourceA(HMODULE module, const void* name, const void* type);
HANDLE WINAPI FindResourceW(HMODULE module, const void* name, const void* type);
HANDLE WINAPI FindResourceExA(HMODULE module, const void* type, const void* name, WORD language);
PVOID WINAPI LoadResource(HMODULE module, HANDLE entry);
PVOID WINAPI LockResource(PVOID data);
DWORD WINAPI SizeofResource(HMODULE module, HANDLE entry);
BOOL WINAPI EnumResourceTypesA(HMODULE module, PVOID callback, LONG parameter);
BOOL WINAPI EnumResourceNamesW(HMODULE module, const void* type, PVOID callback, LONG parameter);
BOOL WINAPI EnumResourceLanguagesA(HMODULE module, const void* type, const void* name,
                                   PVOID callback, LONG parameter);
int WINAPI LoadStringA(HMODULE module, UINT number, char* to, int room);
int WINAPI LoadStringW(HMODULE module, UINT number, PVOID to, int room);

int failures;

static BOOL is(HANDLE entry, const char* expected) {
  const char* data = entry ? LockResource(LoadResource(0, entry)) : "";
  DWORD length = entry ? SizeofResource(0, entry) : 0;
  for (DWORD i = 0; i < length; ++i) {
    if (data[i] != expected[i]) return FALSE;
  }
  return expected[length] == 0;
}

static void finding(void) {
  CHECK(is(FindResourceA(0, NUMBER(7), NUMBER(10)), "second")); /* the user's language */
  CHECK(is(FindResourceA(0, "#7", "#10"), "second"));
  CHECK(is(FindResourceA(0, "name", "Kind"), "abc")); /* names are not told apart by case */
  CHECK(is(FindResourceW(0, L"NAME", L"KIND"), "abc"));
  CHECK(is(FindResourceExA(0, NUMBER(10), NUMBER(7), 0x407), "first"));
  CHECK(is(FindResourceExA(GetModuleHandleA(0), NUMBER(10), NUMBER(7), 0x409), "second"));
  CHECK(!FindResourceExA(0, NUMBER(10), NUMBER(7), 0x40c));
  CHECK(GetLastError() == ERROR_RESOURCE_LANG_NOT_FOUND);
  CHECK(!FindResourceA(0, NUMBER(8), NUMBER(10)));
  CHECK(GetLastError() == ERROR_RESOURCE_NAME_NOT_FOUND);
  CHECK(!FindResourceA(0, NUMBER(7), NUMBER(11)));
  CHECK(GetLastError() == ERROR_RESOURCE_TYPE_NOT_FOUND);
}

static void strings(void) {
  char text[8];
  CHECK(LoadStringA(0, 17, text, 8) == 5 && text[0] == 'h' && text[4] == 'o' && text[5] == 0);
  CHECK(LoadStringA(0, 17, text, 3) == 2 && text[1] == 'e' && text[2] == 0);
  CHECK(LoadStringA(0, 16, text, 8) == 0 && LoadStringA(0, 40, text, 8) == 0);
  const WCHAR* in_place = 0;
  CHECK(LoadStringW(0, 17, &in_place, 0) == 5 && in_place[1] == 'e');
}

static ULONG seen, last;

static BOOL WINAPI type_found(HMODULE module, const void* type, LONG parameter) {
  CHECK(parameter == 3 && module == GetModuleHandleA(0));
  if ((ULONG_PTR)type < 0x10000) {
    last = (ULONG)type;
  } else {
    CHECK(lstrcmpA(type, "KIND") == 0);
  }
  return ++seen != 99;
}
static BOOL WINAPI name_found(HMODULE module, const void* type, const void* name, LONG parameter) {
  (void)module, (void)parameter;
  CHECK(type == NUMBER(10));
  last = (ULONG)name;
  ++seen;
  return FALSE; /* no more */
}
static BOOL WINAPI language_found(HMODULE module, const void* type, const void* name, WORD language,
                                  LONG parameter) {
  (void)module, (void)parameter;
  CHECK(type == NUMBER(10) && name == NUMBER(7));
  last = language;
  ++seen;
  return TRUE;
}

static void listing(void) {
  HMODULE own = GetModuleHandleA(0);
  CHECK(EnumResourceTypesA(own, type_found, 3) && seen == 3 && last == 10);
  seen = 0;
  CHECK(!EnumResourceNamesW(own, NUMBER(10), name_found, 0) && seen == 1 && last == 7);
  seen = 0;
  CHECK(EnumResourceLanguagesA(own, NUMBER(10), NUMBER(7), language_found, 0));
  CHECK(seen == 2 && last == 0x409);
}

void start(void) {
  finding();
  strings();
  listing();
  CHECK_ENDS("resources");
}
