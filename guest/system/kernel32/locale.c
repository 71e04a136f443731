/* Kinds of characters, their case and their order, for the one locale that there is: English
 * (United States). */
#include "system/kernel32/strings.h"
#include "system/kernel32/type_table.h"

#define LOCALE_US 0x409
#define ERROR_INVALID_FLAGS_VALUE 1004
#define CT_CTYPE1 1
#define CT_CTYPE2 2
#define CT_CTYPE3 4
#define C1_UPPER 0x1
#define C1_LOWER 0x2
#define C1_DIGIT 0x4
#define C1_SPACE 0x8
#define C1_PUNCT 0x10
#define C1_CNTRL 0x20
#define C1_BLANK 0x40
#define C1_XDIGIT 0x80
#define C1_ALPHA 0x100
#define C1_DEFINED 0x200

DWORD WINAPI GetUserDefaultLCID(void) {
  return LOCALE_US;
}
DWORD WINAPI GetSystemDefaultLCID(void) {
  return LOCALE_US;
}
DWORD WINAPI GetThreadLocale(void) {
  return LOCALE_US;
}
WORD WINAPI GetUserDefaultLangID(void) {
  return LOCALE_US;
}
WORD WINAPI GetSystemDefaultLangID(void) {
  return LOCALE_US;
}
WORD WINAPI GetUserDefaultUILanguage(void) {
  return LOCALE_US;
}

/* 0x400 and 0x800 stand for the user's and the system's default, 0x7f for none. */
BOOL WINAPI IsValidLocale(DWORD locale, DWORD flags) {
  return locale == LOCALE_US || locale == 0x400 || locale == 0x800 || locale == 0x7f;
}

static BOOL lies_in(const TYPE_RANGE* ranges, ULONG count, WCHAR character) {
  ULONG low = 0, high = count;
  while (low < high) {
    ULONG middle = (low + high) / 2;
    if (ranges[middle].Last < character) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < count && character >= ranges[low].First;
}
#define LIES_IN(table, character) lies_in(table, sizeof table / sizeof table[0], character)

static WORD ascii_type(WCHAR c) {
  WORD type = C1_DEFINED;
  if (c >= 'A' && c <= 'Z') type |= C1_UPPER | C1_ALPHA;
  if (c >= 'a' && c <= 'z') type |= C1_LOWER | C1_ALPHA;
  if (c >= '0' && c <= '9') type |= C1_DIGIT | C1_XDIGIT;
  if ((c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f')) type |= C1_XDIGIT;
  if (c == ' ' || c == '\t') type |= C1_BLANK;
  if (c == ' ' || (c >= 9 && c <= 13)) type |= C1_SPACE;
  if (c < 0x20 || c == 0x7f) type |= C1_CNTRL;
  if (c > ' ' && c < 0x7f && !(type & (C1_ALPHA | C1_DIGIT))) type |= C1_PUNCT;
  return type;
}

static WORD type_of(WCHAR c) {
  if (c < 0x80) return ascii_type(c);
  if (c < 0xa0) return c == 0x85 ? C1_DEFINED | C1_CNTRL | C1_SPACE : C1_DEFINED | C1_CNTRL;
  WORD type = 0;
  if (LIES_IN(letters, c)) type |= C1_DEFINED | C1_ALPHA;
  if (RtlDowncaseUnicodeChar(c) != c) type |= C1_UPPER;
  if (RtlUpcaseUnicodeChar(c) != c || c == 0xdf) type |= C1_LOWER;
  if (LIES_IN(digits, c)) type |= C1_DEFINED | C1_DIGIT;
  if (LIES_IN(marks, c)) type |= C1_DEFINED | C1_PUNCT;
  if (LIES_IN(spaces, c)) type |= C1_DEFINED | C1_SPACE | (c < 0x2028 || c > 0x2029 ? C1_BLANK : 0);
  return type;
}

BOOL WINAPI GetStringTypeW(DWORD info, const WCHAR* text, int count, WORD* types) {
  if (!text || !types || count == 0 || (const void*)text == (const void*)types) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  if (info != CT_CTYPE1) {
    /* Text direction and CT_CTYPE3: not modelled, and refused rather than guessed at. */
    SetLastError(ERROR_INVALID_FLAGS_VALUE);
    return FALSE;
  }
  if (count < 0) count = (int)BasepLength(text) + 1;
  for (int i = 0; i < count; ++i) types[i] = type_of(text[i]);
  return TRUE;
}

BOOL WINAPI GetStringTypeExW(DWORD locale, DWORD info, const WCHAR* text, int count, WORD* types) {
  return GetStringTypeW(info, text, count, types);
}

BOOL WINAPI GetStringTypeA(DWORD locale, DWORD info, const char* text, int count, WORD* types) {
  if (!text || !types || count == 0) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  if (count < 0) count = (int)__builtin_strlen(text) + 1;
  for (int i = 0; i < count; ++i) {
    WCHAR wide = RtlpByteToUnicode(RTLP_ANSI, (UCHAR)text[i]);
    if (!GetStringTypeW(info, &wide, 1, &types[i])) return FALSE;
  }
  return TRUE;
}

BOOL WINAPI GetStringTypeExA(DWORD locale, DWORD info, const char* text, int count, WORD* types) {
  return GetStringTypeA(locale, info, text, count, types);
}
