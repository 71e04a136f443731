/* Code pages, characters, their case and order: as Microsoft documents each function, and Unicode
 * what UTF-8 is. */
#include "cases/say.h"
#include "system/win32_strings.h"

#define ERROR_INVALID_PARAMETER 87
#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_INVALID_FLAGS 1004
#define ERROR_NO_UNICODE_TRANSLATION 1113

int failures;

static int same(const char* left, const char* right) {
  while (*left && *left == *right) ++left, ++right;
  return *left == *right;
}
static int same_wide(const WCHAR* left, const WCHAR* right) {
  while (*left && *left == *right) ++left, ++right;
  return *left == *right;
}

static void to_wide(void) {
  WCHAR wide[16];
  CHECK(MultiByteToWideChar(CP_ACP, 0, "a\x80\xe4\x9f", -1, wide, 16) == 5);
  CHECK(same_wide(wide, (WCHAR[]){'a', 0x20ac, 0xe4, 0x178, 0}));
  CHECK(MultiByteToWideChar(CP_OEMCP, 0, "\x81\xe1", 2, wide, 16) == 2);
  CHECK(wide[0] == 0xfc && wide[1] == 0xdf); /* CP437.TXT */
  CHECK(MultiByteToWideChar(CP_UTF8, 0, "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", -1, wide, 16) == 5);
  CHECK(same_wide(wide, (WCHAR[]){0xe4, 0x20ac, 0xd83d, 0xde00, 0}));
  CHECK(MultiByteToWideChar(CP_UTF8, 0, "abc", 3, 0, 0) == 3); /* asks for the size */
  CHECK(MultiByteToWideChar(CP_UTF8, 0, "abc", 3, wide, 2) == 0);
  CHECK(GetLastError() == ERROR_INSUFFICIENT_BUFFER);
  CHECK(MultiByteToWideChar(CP_ACP, 0, "abc", -1, wide, 3) == 0);
  CHECK(GetLastError() == ERROR_INSUFFICIENT_BUFFER);
  CHECK(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "a\xff", 2, wide, 16) == 0);
  CHECK(GetLastError() == ERROR_NO_UNICODE_TRANSLATION);
  /* Unicode 3.9: one U+FFFD for each longest beginning of a sequence. */
  CHECK(MultiByteToWideChar(CP_UTF8, 0, "\xf0\x9f\x98z\xc0\x80\xed\xa0\x80", -1, wide, 16) == 8);
  CHECK(wide[0] == 0xfffd && wide[1] == 'z' && wide[2] == 0xfffd && wide[6] == 0xfffd && !wide[7]);
  CHECK(MultiByteToWideChar(CP_UTF8, 1, "a", 1, wide, 16) == 0);
  CHECK(GetLastError() == ERROR_INVALID_FLAGS);
  CHECK(MultiByteToWideChar(CP_ACP, 0, "a", 0, wide, 16) == 0);
  CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(MultiByteToWideChar(9999, 0, "a", 1, wide, 16) == 0);
  CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
}

static void from_wide(void) {
  char bytes[16];
  BOOL replaced = 9;
  static const WCHAR mixed[] = {0xe4, 0x20ac, 0x3b1, 0};
  CHECK(WideCharToMultiByte(CP_ACP, 0, mixed, -1, bytes, 16, 0, &replaced) == 4);
  CHECK(same(bytes, "\xe4\x80?") && replaced);
  CHECK(WideCharToMultiByte(1252, 0, mixed, -1, bytes, 16, "#", 0) == 4);
  CHECK(same(bytes, "\xe4\x80#"));
  CHECK(WideCharToMultiByte(CP_ACP, 0, mixed, 2, bytes, 16, 0, &replaced) == 2 && !replaced);
  CHECK(WideCharToMultiByte(CP_UTF8, 0, mixed, -1, bytes, 16, 0, 0) == 8);
  CHECK(same(bytes, "\xc3\xa4\xe2\x82\xac\xce\xb1"));
  CHECK(WideCharToMultiByte(CP_UTF8, 0, mixed, -1, 0, 0, 0, 0) == 8);
  CHECK(WideCharToMultiByte(CP_UTF8, 0, mixed, -1, bytes, 4, 0, 0) == 0);
  CHECK(GetLastError() == ERROR_INSUFFICIENT_BUFFER);
  CHECK(WideCharToMultiByte(CP_UTF8, 0, mixed, -1, bytes, 16, "?", 0) == 0);
  CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
  static const WCHAR half[] = {0xd83d, 'x', 0}, pair[] = {0xd83d, 0xde00, 0};
  CHECK(WideCharToMultiByte(CP_UTF8, 0, half, 2, bytes, 16, 0, 0) == 4);
  CHECK(bytes[0] == (char)0xef && bytes[1] == (char)0xbf && bytes[2] == (char)0xbd);
  CHECK(WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, half, 2, bytes, 16, 0, 0) == 0);
  CHECK(GetLastError() == ERROR_NO_UNICODE_TRANSLATION);
  CHECK(WideCharToMultiByte(CP_UTF8, 0, pair, -1, bytes, 16, 0, 0) == 5);
  CHECK(same(bytes, "\xf0\x9f\x98\x80"));
}

static void pages(void) {
  struct {
    UINT max;
    BYTE replacement[2], lead[12];
  } info;
  CHECK(GetACP() == 1252 && GetOEMCP() == 437);
  CHECK(IsValidCodePage(1252) && IsValidCodePage(CP_UTF8) && !IsValidCodePage(CP_ACP));
  CHECK(!IsValidCodePage(9999));
  CHECK(GetCPInfo(CP_ACP, &info) && info.max == 1 && info.replacement[0] == '?' && !info.lead[0]);
  CHECK(GetCPInfo(CP_UTF8, &info) && info.max == 4);
  CHECK(!GetCPInfo(9999, &info) && GetLastError() == ERROR_INVALID_PARAMETER);
}

static void characters(void) {
  WORD types[8];
  static const WCHAR text[] = {'a', 'Z', '7', ' ', '!', 0xe4, 0x3a9, '\n'};
  CHECK(GetStringTypeW(1, text, 8, types));
  /* C1_* of winnls.h: UPPER 1, LOWER 2, DIGIT 4, SPACE 8, PUNCT 10, CNTRL 20, BLANK 40, XDIGIT 80,
   * ALPHA 100, DEFINED 200 */
  CHECK(types[0] == 0x382 && types[1] == 0x301 && types[2] == 0x284 && types[3] == 0x248);
  CHECK(types[4] == 0x210 && types[5] == 0x302 && types[6] == 0x301 && types[7] == 0x228);
  CHECK(GetStringTypeA(0x409, 1, "A\xe4", 2, types) && types[0] == 0x381 && types[1] == 0x302);
  CHECK(!GetStringTypeW(1, text, 0, types) && GetLastError() == ERROR_INVALID_PARAMETER);
  WCHAR mapped[8];
  static const WCHAR letters[] = {'a', 'B', 0xe4, 0x3b1, 0x430, 0xff, '1', 0};
  CHECK(LCMapStringW(0x409, 0x200, letters, -1, mapped, 8) == 8);
  CHECK(same_wide(mapped, (WCHAR[]){'A', 'B', 0xc4, 0x391, 0x410, 0x178, '1', 0}));
  CHECK(LCMapStringW(0x409, 0x100, mapped, -1, mapped, 8) == 8);
  CHECK(same_wide(mapped, (WCHAR[]){'a', 'b', 0xe4, 0x3b1, 0x430, 0xff, '1', 0}));
  CHECK(LCMapStringW(0x409, 0x200, letters, -1, 0, 0) == 8);
  CHECK(LCMapStringW(0x409, 0x200, letters, -1, mapped, 3) == 0);
  CHECK(GetLastError() == ERROR_INSUFFICIENT_BUFFER);
  char small[4];
  CHECK(LCMapStringA(0x409, 0x200, "x\xe4", -1, small, 4) == 3 && same(small, "X\xc4"));
}

static void order(void) {
  CHECK(CompareStringA(0x409, 0, "abc", -1, "ABC", -1) == 1); /* small letters first */
  CHECK(CompareStringA(0x409, 1, "abc", -1, "ABC", -1) == 2); /* NORM_IGNORECASE */
  CHECK(CompareStringA(0x409, 0, "a", -1, "B", -1) == 1);
  CHECK(CompareStringA(0x409, 0, "B", -1, "a", -1) == 3);
  CHECK(CompareStringA(0x409, 0, "a", 1, "ab", 2) == 1);
  CHECK(CompareStringA(0x409, 0, "9", -1, "a", -1) == 1); /* digits before letters */
  CHECK(CompareStringA(0x409, 0, "!", -1, "0", -1) == 1); /* symbols before digits */
  /* "coop" and "co-op" sort together in a word sort: Microsoft's "Handling Sorting". */
  CHECK(CompareStringA(0x409, 0, "co-op", -1, "copy", -1) == 1);
  CHECK(CompareStringA(0x409, 0, "coop", -1, "co-op", -1) == 1);
  CHECK(CompareStringA(0x409, 0x1000, "co-op", -1, "coop", -1) == 1); /* SORT_STRINGSORT */
  CHECK(!CompareStringA(0x409, 0, 0, -1, "b", -1) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(lstrcmpA("Abc", "abd") < 0 && lstrcmpA("abc", "abc") == 0 && lstrcmpA("b", "A") > 0);
  CHECK(lstrcmpiA("ABC\xc4", "abc\xe4") == 0);
  static const WCHAR left[] = {'a', 0}, right[] = {'B', 0};
  CHECK(CompareStringOrdinal(left, -1, right, -1, FALSE) == 3);
  CHECK(CompareStringOrdinal(left, -1, right, -1, TRUE) == 1);
}

static void copying(void) {
  char text[16];
  CHECK(lstrcpyA(text, "abc") == text && lstrcatA(text, "def") == text && same(text, "abcdef"));
  CHECK(lstrcpynA(text, "abcdef", 4) == text && same(text, "abc"));
  CHECK(lstrcpyA(text, (const char*)8) == 0 && lstrcpyA((char*)8, "a") == 0);
  WCHAR wide[8];
  static const WCHAR given[] = {'x', 'Y', 0};
  CHECK(lstrcpyW(wide, given) == wide && lstrlenW(wide) == 2 && lstrlenW((const WCHAR*)8) == 0);
  CHECK(lstrcmpiW(wide, (WCHAR[]){'X', 'y', 0}) == 0);
}

void start(void) {
  to_wide();
  from_wide();
  pages();
  characters();
  order();
  copying();
  CHECK_ENDS("text");
}
