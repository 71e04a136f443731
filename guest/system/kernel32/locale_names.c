/* Names and numbers of locales: there is English (United States), by whatever name. */
#include "system/kernel32/locale_names.h"

#define LOCALE_NEUTRAL 0
#define LOCALE_INVARIANT 0x7f
#define LOCALE_USER_DEFAULT 0x400
#define LOCALE_SYSTEM_DEFAULT 0x800

static const WCHAR name_of_us[] = L"en-US";

static BOOL is_us(DWORD locale) {
  return locale == LOCALE_US || locale == LOCALE_NEUTRAL || locale == LOCALE_USER_DEFAULT ||
         locale == LOCALE_SYSTEM_DEFAULT;
}

BOOL BasepKnowsLocale(DWORD locale) {
  if (locale == LOCALE_INVARIANT) LabUnmodelled("the invariant locale");
  return is_us(locale) || fail(ERROR_INVALID_PARAMETER);
}

static BOOL names_us(const WCHAR* name) {
  return RtlCompareUnicodeStrings(name, BasepLength(name), name_of_us, 5, TRUE) == 0;
}

/* LOCALE_NAME_SYSTEM_DEFAULT of the SDK is one of the user's as well. */
static BOOL names_default(const WCHAR* name) {
  static const WCHAR system_default[] = L"!x-sys-default-locale";
  return RtlCompareUnicodeStrings(name, BasepLength(name), system_default, 21, FALSE) == 0;
}

BOOL BasepKnowsLocaleName(const WCHAR* name) {
  if (name && !*name) LabUnmodelled("the invariant locale");
  return !name || names_us(name) || names_default(name) || fail(ERROR_INVALID_PARAMETER);
}

int BasepGiveLocaleText(const WCHAR* text, WCHAR* to, int room) {
  int length = (int)BasepLength(text) + 1;
  if (room < 0 || (room && !to)) return fail(ERROR_INVALID_PARAMETER);
  if (room == 0) return length;
  if (room < length) return fail(ERROR_INSUFFICIENT_BUFFER);
  RtlMoveMemory(to, text, (ULONG)length * sizeof(WCHAR));
  return length;
}

int BasepGiveLocaleAnsi(const WCHAR* text, char* to, int room) {
  int length = (int)BasepLength(text) + 1;
  if (room < 0 || (room && !to)) return fail(ERROR_INVALID_PARAMETER);
  if (room == 0) return length;
  if (room < length) return fail(ERROR_INSUFFICIENT_BUFFER);
  RtlUnicodeToMultiByteN(to, (ULONG)length, 0, text, (ULONG)length * sizeof(WCHAR));
  return length;
}

int WINAPI GetUserDefaultLocaleName(WCHAR* to, int room) {
  return BasepGiveLocaleText(name_of_us, to, room);
}
int WINAPI GetSystemDefaultLocaleName(WCHAR* to, int room) {
  return BasepGiveLocaleText(name_of_us, to, room);
}

int WINAPI LCIDToLocaleName(DWORD locale, WCHAR* to, int room, DWORD flags) {
  if (locale == LOCALE_INVARIANT) return BasepGiveLocaleText(L"", to, room);
  return BasepKnowsLocale(locale) ? BasepGiveLocaleText(name_of_us, to, room) : 0;
}

DWORD WINAPI LocaleNameToLCID(const WCHAR* name, DWORD flags) {
  if (name && !*name) return LOCALE_INVARIANT;
  return BasepKnowsLocaleName(name) ? LOCALE_US : 0;
}

BOOL WINAPI IsValidLocaleName(const WCHAR* name) {
  return name && (!*name || names_us(name));
}

/* The names are numbers of eight hexadecimal digits. */
typedef BOOL(WINAPI* LOCALE_CALLBACK_W)(const WCHAR* name);
typedef BOOL(WINAPI* LOCALE_CALLBACK_A)(const char* name);
typedef BOOL(WINAPI* LOCALE_CALLBACK_EX)(const WCHAR* name, DWORD flags, LONG parameter);

BOOL WINAPI EnumSystemLocalesW(LOCALE_CALLBACK_W callback, DWORD flags) {
  if (!callback) return fail(ERROR_INVALID_PARAMETER);
  callback(L"00000409");
  return TRUE;
}
BOOL WINAPI EnumSystemLocalesA(LOCALE_CALLBACK_A callback, DWORD flags) {
  if (!callback) return fail(ERROR_INVALID_PARAMETER);
  callback("00000409");
  return TRUE;
}
BOOL WINAPI EnumSystemLocalesEx(LOCALE_CALLBACK_EX callback, DWORD flags, LONG parameter,
                                PVOID reserved) {
  if (!callback || reserved) return fail(ERROR_INVALID_PARAMETER);
  callback(name_of_us, 0x22 /* LOCALE_SPECIFICDATA, LOCALE_WINDOWS */, parameter);
  return TRUE;
}
