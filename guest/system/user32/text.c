/* user32's functions on characters and strings: letters' case, characters' kinds, the OEM code
 * page, and strings out of resources. */
#include "system/ntdll/ntdll.h"
#include "system/win32.h"

#include "system/ntdll/strings.h"
#include "system/win32_strings.h"

#define RT_STRING 6

HANDLE WINAPI FindResourceW(HMODULE module, const WCHAR* name, const WCHAR* type);
PVOID WINAPI LoadResource(HMODULE module, HANDLE entry);
DWORD WINAPI SizeofResource(HMODULE module, HANDLE entry);

/* A pointer whose high half is 0 is one character. */
static BOOL is_character(const void* text) {
  return (ULONG_PTR)text < 0x10000;
}

static char change_a(char c, BOOL upper) {
  WCHAR wide = RtlpByteToUnicode(RTLP_ANSI, (UCHAR)c);
  UCHAR changed;
  wide = upper ? RtlUpcaseUnicodeChar(wide) : RtlDowncaseUnicodeChar(wide);
  changed = (UCHAR)RtlpUnicodeToByte(RTLP_ANSI, wide);
  /* What has no capital in the code page stays. */
  return RtlpByteToUnicode(RTLP_ANSI, changed) == wide ? (char)changed : c;
}
static WCHAR change_w(WCHAR c, BOOL upper) {
  return upper ? RtlUpcaseUnicodeChar(c) : RtlDowncaseUnicodeChar(c);
}

#define CASE(name, character, change, upper)                                                  \
  character* WINAPI name(character* text) {                                                   \
    if (is_character(text)) {                                                                 \
      return (character*)(ULONG_PTR)(sizeof(character) == 1                                   \
                                         ? (UCHAR)change((character)(ULONG_PTR)text, upper)   \
                                         : (WCHAR)change((character)(ULONG_PTR)text, upper)); \
    }                                                                                         \
    for (character* at = text; *at; ++at) *at = change(*at, upper);                           \
    return text;                                                                              \
  }
CASE(CharUpperA, char, change_a, TRUE)
CASE(CharUpperW, WCHAR, change_w, TRUE)
CASE(CharLowerA, char, change_a, FALSE)
CASE(CharLowerW, WCHAR, change_w, FALSE)

#define CASE_OF_BUFFER(name, character, change, upper)                   \
  DWORD WINAPI name(character* text, DWORD length) {                     \
    for (DWORD i = 0; i < length; ++i) text[i] = change(text[i], upper); \
    return length;                                                       \
  }
CASE_OF_BUFFER(CharUpperBuffA, char, change_a, TRUE)
CASE_OF_BUFFER(CharUpperBuffW, WCHAR, change_w, TRUE)
CASE_OF_BUFFER(CharLowerBuffA, char, change_a, FALSE)
CASE_OF_BUFFER(CharLowerBuffW, WCHAR, change_w, FALSE)

/* One byte is one character in the ANSI code page. */
char* WINAPI CharNextA(const char* text) {
  return (char*)(*text ? text + 1 : text);
}
WCHAR* WINAPI CharNextW(const WCHAR* text) {
  return (WCHAR*)(*text ? text + 1 : text);
}
char* WINAPI CharPrevA(const char* start, const char* text) {
  return (char*)(text > start ? text - 1 : start);
}
WCHAR* WINAPI CharPrevW(const WCHAR* start, const WCHAR* text) {
  return (WCHAR*)(text > start ? text - 1 : start);
}

#define C1_UPPER 0x1
#define C1_LOWER 0x2
#define C1_DIGIT 0x4
#define C1_ALPHA 0x100

static BOOL is_of(WCHAR c, WORD kinds) {
  WORD type = 0;
  return GetStringTypeW(1, &c, 1, &type) && (type & kinds) != 0;
}

#define KIND(name, kinds)                                        \
  BOOL WINAPI name##W(WCHAR c) {                                 \
    return is_of(c, kinds);                                      \
  }                                                              \
  BOOL WINAPI name##A(char c) {                                  \
    return is_of(RtlpByteToUnicode(RTLP_ANSI, (UCHAR)c), kinds); \
  }
KIND(IsCharAlpha, C1_ALPHA)
KIND(IsCharAlphaNumeric, C1_ALPHA | C1_DIGIT)
KIND(IsCharUpper, C1_UPPER)
KIND(IsCharLower, C1_LOWER)

BOOL WINAPI CharToOemA(const char* from, char* to) {
  do {
    *to++ = (char)RtlpUnicodeToByte(RTLP_OEM, RtlpByteToUnicode(RTLP_ANSI, (UCHAR)*from));
  } while (*from++);
  return TRUE;
}
BOOL WINAPI OemToCharA(const char* from, char* to) {
  do {
    *to++ = (char)RtlpUnicodeToByte(RTLP_ANSI, RtlpByteToUnicode(RTLP_OEM, (UCHAR)*from));
  } while (*from++);
  return TRUE;
}
BOOL WINAPI CharToOemW(const WCHAR* from, char* to) {
  do {
    *to++ = (char)RtlpUnicodeToByte(RTLP_OEM, *from);
  } while (*from++);
  return TRUE;
}
BOOL WINAPI OemToCharW(const char* from, WCHAR* to) {
  do {
    *to++ = RtlpByteToUnicode(RTLP_OEM, (UCHAR)*from);
  } while (*from++);
  return TRUE;
}

/* Strings lie in blocks of sixteen, each with its length in front. */
static const WCHAR* find_string(HMODULE module, UINT number, ULONG* length) {
  HANDLE block = FindResourceW(module, (const WCHAR*)(ULONG_PTR)((number >> 4) + 1),
                               (const WCHAR*)(ULONG_PTR)RT_STRING);
  if (!block) return 0;
  const WCHAR* at = LoadResource(module, block);
  const WCHAR* end = at + SizeofResource(module, block) / sizeof(WCHAR);
  for (UINT left = number & 15; left && at < end; --left) at += 1 + *at;
  if (at >= end || *at > end - at - 1) return 0;
  *length = *at;
  return at + 1;
}

/* With no room at all: a pointer to the string itself. */
int WINAPI LoadStringW(HMODULE module, UINT number, WCHAR* to, int room) {
  ULONG length = 0;
  const WCHAR* text = find_string(module, number, &length);
  if (room == 0) {
    if (text) *(const WCHAR**)to = text;
    return (int)length;
  }
  if (room < 0) return 0;
  if (length >= (ULONG)room) length = (ULONG)room - 1;
  if (text) RtlMoveMemory(to, text, length * sizeof(WCHAR));
  to[length] = 0;
  return (int)length;
}

int WINAPI LoadStringA(HMODULE module, UINT number, char* to, int room) {
  ULONG length = 0;
  const WCHAR* text = find_string(module, number, &length);
  if (room <= 0) return room ? 0 : -1;
  if (length >= (ULONG)room) length = (ULONG)room - 1;
  if (text) RtlUnicodeToMultiByteN(to, length, 0, text, length * sizeof(WCHAR));
  to[length] = 0;
  return (int)length;
}
