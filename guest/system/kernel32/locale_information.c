/* GetLocaleInfo. A type that is not in the table ends the run when Windows has it. */
#include "system/kernel32/locale_names.h"

#define LOCALE_NOUSEROVERRIDE 0x80000000u
#define LOCALE_USE_CP_ACP 0x40000000u
#define LOCALE_RETURN_NUMBER 0x20000000u
#define LOCALE_RETURN_GENITIVE_NAMES 0x10000000u
#define MODIFIERS 0xf0000000u
#define LAST_TYPE 0x79u
#define FIRST_OLD_TYPE 0x1001u
#define LAST_OLD_TYPE 0x1014u

typedef struct LOCALE_ENTRY {
  USHORT Type;
  char Text[24];
  BOOLEAN Number;
} LOCALE_ENTRY;

#define ENTRY(type, name, text) {type, text, #name[0] == 'I'},
static const LOCALE_ENTRY table[] = {
#include "system/kernel32/locale_table.inc"
};

static const LOCALE_ENTRY* find(DWORD type) {
  DWORD plain = type & ~MODIFIERS;
  for (ULONG i = 0; i < sizeof table / sizeof table[0]; ++i) {
    if (table[i].Type == plain) return &table[i];
  }
  if ((plain && plain <= LAST_TYPE) || (plain >= FIRST_OLD_TYPE && plain <= LAST_OLD_TYPE)) {
    LabUnmodelled("this LCTYPE of GetLocaleInfo");
  }
  SetLastError(ERROR_INVALID_FLAGS);
  return 0;
}

/* Languages are numbers in hexadecimal, all others in decimal. */
static DWORD number_of(const LOCALE_ENTRY* entry) {
  DWORD base = entry->Type == 0x1 || entry->Type == 0x9 ? 16 : 10, value = 0;
  for (const char* at = entry->Text; *at; ++at) value = value * base + (DWORD)(*at - '0');
  return value;
}

/* A number is four bytes, counted in the units of the function. */
static int give_number(const LOCALE_ENTRY* entry, PVOID to, int room, int unit) {
  int needed = 4 / unit;
  if (!entry->Number) return fail(ERROR_INVALID_FLAGS);
  if (room == 0) return needed;
  if (room < needed) return fail(ERROR_INSUFFICIENT_BUFFER);
  DWORD value = number_of(entry);
  RtlMoveMemory(to, &value, sizeof value);
  return needed;
}

static void widen(const LOCALE_ENTRY* entry, WCHAR* wide) {
  int i = 0;
  for (; entry->Text[i]; ++i) wide[i] = (UCHAR)entry->Text[i];
  wide[i] = 0;
}

static int give_wide(DWORD type, WCHAR* to, int room) {
  WCHAR wide[24];
  if (room < 0 || (room && !to)) return fail(ERROR_INVALID_PARAMETER);
  const LOCALE_ENTRY* entry = find(type);
  if (!entry) return 0;
  if (type & LOCALE_RETURN_NUMBER) return give_number(entry, to, room, sizeof(WCHAR));
  widen(entry, wide);
  return BasepGiveLocaleText(wide, to, room);
}

int WINAPI GetLocaleInfoW(DWORD locale, DWORD type, WCHAR* to, int room) {
  return BasepKnowsLocale(locale) ? give_wide(type, to, room) : 0;
}

int WINAPI GetLocaleInfoEx(const WCHAR* locale, DWORD type, WCHAR* to, int room) {
  return BasepKnowsLocaleName(locale) ? give_wide(type, to, room) : 0;
}

int WINAPI GetLocaleInfoA(DWORD locale, DWORD type, char* to, int room) {
  WCHAR wide[24];
  if (!BasepKnowsLocale(locale)) return 0;
  if (room < 0 || (room && !to)) return fail(ERROR_INVALID_PARAMETER);
  const LOCALE_ENTRY* entry = find(type);
  if (!entry) return 0;
  if (type & LOCALE_RETURN_NUMBER) return give_number(entry, to, room, 1);
  widen(entry, wide);
  return BasepGiveLocaleAnsi(wide, to, room);
}
