/* LCMapString and CompareString, as far as English goes: case, and the order of letters, digits and
 * symbols. Accents do not sort beside their letter, sort keys and widths are not modelled. */
#include "system/kernel32/strings.h"

#define LCMAP_LOWERCASE 0x100
#define LCMAP_UPPERCASE 0x200
#define LCMAP_LINGUISTIC_CASING 0x01000000
#define NORM_IGNORECASE 0x1
#define NORM_IGNOREKANATYPE 0x10000
#define NORM_IGNOREWIDTH 0x20000
#define LINGUISTIC_IGNORECASE 0x10
#define SORT_STRINGSORT 0x1000
#define LOCALE_USE_CP_ACP 0x40000000
#define CSTR_LESS_THAN 1
#define CSTR_EQUAL 2
#define CSTR_GREATER_THAN 3

int WINAPI LCMapStringW(DWORD locale, DWORD flags, const WCHAR* from, int count, WCHAR* to,
                        int room) {
  DWORD mapping = flags & ~LCMAP_LINGUISTIC_CASING;
  if (!from || count == 0 || room < 0 || (room && !to)) return fail(ERROR_INVALID_PARAMETER);
  if (mapping != LCMAP_LOWERCASE && mapping != LCMAP_UPPERCASE) return fail(ERROR_INVALID_FLAGS);
  if (count < 0) count = (int)BasepLength(from) + 1;
  if (room == 0) return count;
  if (room < count) return fail(ERROR_INSUFFICIENT_BUFFER);
  for (int i = 0; i < count; ++i) {
    to[i] = mapping == LCMAP_UPPERCASE ? RtlUpcaseUnicodeChar(from[i])
                                       : RtlDowncaseUnicodeChar(from[i]);
  }
  return count;
}

int WINAPI LCMapStringA(DWORD locale, DWORD flags, const char* from, int count, char* to,
                        int room) {
  if (!from || count == 0 || room < 0) return fail(ERROR_INVALID_PARAMETER);
  if (count < 0) count = (int)__builtin_strlen(from) + 1;
  if (room && room < count) return fail(ERROR_INSUFFICIENT_BUFFER);
  for (int i = 0; i < count; ++i) {
    WCHAR wide = RtlpByteToUnicode(RTLP_ANSI, (UCHAR)from[i]), mapped = wide;
    if (!LCMapStringW(locale, flags, &wide, 1, &mapped, 1)) return 0;
    ULONG byte = RtlpUnicodeToByte(RTLP_ANSI, mapped);
    if (room) to[i] = byte == RTLP_UNMAPPED ? from[i] : (char)byte;
  }
  return count;
}

int WINAPI LCMapStringEx(const WCHAR* locale, DWORD flags, const WCHAR* from, int count, WCHAR* to,
                         int room, PVOID version, PVOID reserved, ULONG_PTR handle) {
  return LCMapStringW(0, flags, from, count, to, room);
}

/* Symbols come before digits and digits before letters; the order of the symbols is the one that
 * Microsoft's Excel documents for sorting, which sorts by this function. */
static ULONG weight(WCHAR c) {
  static const char symbols[] = " !\"#$%&()*,./:;?@[\\]^_`{|}~+<=>'-";
  if (c >= '0' && c <= '9') return 0x1000 + c;
  if (c < 0x80) {
    for (ULONG i = 0; symbols[i]; ++i) {
      if (symbols[i] == (char)c) return 0x100 + i;
    }
  }
  return 0x10000 + RtlUpcaseUnicodeChar(c);
}

/* A word sort passes over hyphens and apostrophes; they decide between what is equal otherwise. */
static BOOL passed_over(WCHAR c, DWORD flags) {
  return !(flags & SORT_STRINGSORT) && (c == '-' || c == '\'');
}

static int compare_by_weight(const WCHAR* left, int left_length, const WCHAR* right,
                             int right_length, DWORD flags) {
  int i = 0, j = 0;
  for (;; ++i, ++j) {
    while (i < left_length && passed_over(left[i], flags)) ++i;
    while (j < right_length && passed_over(right[j], flags)) ++j;
    if (i == left_length || j == right_length) break;
    ULONG a = weight(left[i]), b = weight(right[j]);
    if (a != b) return a < b ? -1 : 1;
  }
  return (i < left_length) - (j < right_length);
}

/* Small letters come before capital ones. */
static int compare_case(const WCHAR* left, int left_length, const WCHAR* right, int right_length) {
  for (int i = 0; i < left_length && i < right_length; ++i) {
    if (left[i] == right[i]) continue;
    return RtlUpcaseUnicodeChar(left[i]) != left[i] ? -1 : 1;
  }
  return 0;
}

static int compare_passed_over(const WCHAR* left, int left_length, const WCHAR* right,
                               int right_length) {
  int i = 0;
  while (i < left_length && i < right_length && weight(left[i]) == weight(right[i])) ++i;
  if (i == left_length || i == right_length) return (i < left_length) - (i < right_length);
  /* Where one has the mark and the other goes on, the one without comes first. */
  BOOL marked = passed_over(left[i], 0), other = passed_over(right[i], 0);
  if (marked != other) return marked ? 1 : -1;
  return weight(left[i]) < weight(right[i]) ? -1 : 1;
}

int WINAPI CompareStringW(DWORD locale, DWORD flags, const WCHAR* left, int left_length,
                          const WCHAR* right, int right_length) {
  const DWORD known = NORM_IGNORECASE | NORM_IGNOREKANATYPE | NORM_IGNOREWIDTH |
                      LINGUISTIC_IGNORECASE | SORT_STRINGSORT | LOCALE_USE_CP_ACP;
  if (!left || !right) return fail(ERROR_INVALID_PARAMETER);
  if (flags & ~known) return fail(ERROR_INVALID_FLAGS);
  if (left_length < 0) left_length = (int)BasepLength(left);
  if (right_length < 0) right_length = (int)BasepLength(right);
  int order = compare_by_weight(left, left_length, right, right_length, flags);
  if (!order && !(flags & (NORM_IGNORECASE | LINGUISTIC_IGNORECASE))) {
    order = compare_case(left, left_length, right, right_length);
  }
  if (!order) order = compare_passed_over(left, left_length, right, right_length);
  return order + CSTR_EQUAL;
}

int WINAPI CompareStringEx(const WCHAR* locale, DWORD flags, const WCHAR* left, int left_length,
                           const WCHAR* right, int right_length, PVOID version, PVOID reserved,
                           ULONG_PTR parameter) {
  return CompareStringW(0, flags, left, left_length, right, right_length);
}

int WINAPI CompareStringA(DWORD locale, DWORD flags, const char* left, int left_length,
                          const char* right, int right_length) {
  if (!left || !right) return fail(ERROR_INVALID_PARAMETER);
  if (left_length < 0) left_length = (int)__builtin_strlen(left);
  if (right_length < 0) right_length = (int)__builtin_strlen(right);
  ULONG bytes = (ULONG)(left_length + right_length) * sizeof(WCHAR);
  WCHAR* wide = RtlAllocateHeap(GetProcessHeap(), 0, bytes);
  if (!wide) return fail(ERROR_NOT_ENOUGH_MEMORY);
  RtlMultiByteToUnicodeN(wide, bytes, 0, left, (ULONG)left_length);
  RtlMultiByteToUnicodeN(wide + left_length, bytes, 0, right, (ULONG)right_length);
  int order = CompareStringW(locale, flags, wide, left_length, wide + left_length, right_length);
  BasepFree(wide);
  return order;
}

int WINAPI CompareStringOrdinal(const WCHAR* left, int left_length, const WCHAR* right,
                                int right_length, BOOL ignore_case) {
  if (!left || !right) return fail(ERROR_INVALID_PARAMETER);
  if (left_length < 0) left_length = (int)BasepLength(left);
  if (right_length < 0) right_length = (int)BasepLength(right);
  LONG order = RtlCompareUnicodeStrings(left, (SIZE_T)left_length, right, (SIZE_T)right_length,
                                        ignore_case != 0);
  return order < 0 ? CSTR_LESS_THAN : order > 0 ? CSTR_GREATER_THAN : CSTR_EQUAL;
}
