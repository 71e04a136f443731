/* The lstr functions: a bad pointer gives null or zero, by structured exception handling. */
#include "system/kernel32/strings.h"

int WINAPI CompareStringW(DWORD locale, DWORD flags, const WCHAR* left, int left_length,
                          const WCHAR* right, int right_length);
#define NORM_IGNORECASE 1
#define CSTR_EQUAL 2

/* Functions of their own, never inlined: clang drops a handler for faults in the function that has
 * the __try (facts: toolchain.md 4). */
__attribute__((noinline)) static VOID copy_bytes(char* to, const char* from, int most) {
  volatile char* out = to;
  for (; most > 1 && *from; --most) *out++ = *from++;
  *out = 0;
}
__attribute__((noinline)) static VOID copy_units(WCHAR* to, const WCHAR* from, int most) {
  volatile WCHAR* out = to;
  for (; most > 1 && *from; --most) *out++ = *from++;
  *out = 0;
}
__attribute__((noinline)) static int units_of(const volatile WCHAR* text) {
  int length = 0;
  while (text[length]) ++length;
  return length;
}

int WINAPI lstrlenW(const WCHAR* text) {
  int length = 0;
  if (!text) return 0;
  __try {
    length = units_of(text);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    length = 0;
  }
  return length;
}

char* WINAPI lstrcpynA(char* to, const char* from, int most) {
  if (most <= 0) return to;
  __try {
    copy_bytes(to, from, most);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    to = 0;
  }
  return to;
}
WCHAR* WINAPI lstrcpynW(WCHAR* to, const WCHAR* from, int most) {
  if (most <= 0) return to;
  __try {
    copy_units(to, from, most);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    to = 0;
  }
  return to;
}
char* WINAPI lstrcpyA(char* to, const char* from) {
  return lstrcpynA(to, from, 0x7fffffff);
}
WCHAR* WINAPI lstrcpyW(WCHAR* to, const WCHAR* from) {
  return lstrcpynW(to, from, 0x7fffffff);
}
char* WINAPI lstrcatA(char* to, const char* from) {
  return to && lstrcpyA(to + lstrlenA(to), from) ? to : 0;
}
WCHAR* WINAPI lstrcatW(WCHAR* to, const WCHAR* from) {
  return to && lstrcpyW(to + lstrlenW(to), from) ? to : 0;
}

/* Null is less than any string. */
static int compare(const WCHAR* left, const WCHAR* right, DWORD flags) {
  if (!left || !right) return (left != 0) - (right != 0);
  return CompareStringW(0x400, flags, left, -1, right, -1) - CSTR_EQUAL;
}
int WINAPI lstrcmpW(const WCHAR* left, const WCHAR* right) {
  return compare(left, right, 0);
}
int WINAPI lstrcmpiW(const WCHAR* left, const WCHAR* right) {
  return compare(left, right, NORM_IGNORECASE);
}

static int compare_ansi(const char* left, const char* right, DWORD flags) {
  WCHAR *wide_left = left ? BasepWiden(left) : 0, *wide_right = right ? BasepWiden(right) : 0;
  int result = compare(wide_left, wide_right, flags);
  BasepFree(wide_left);
  BasepFree(wide_right);
  return result;
}
int WINAPI lstrcmpA(const char* left, const char* right) {
  return compare_ansi(left, right, 0);
}
int WINAPI lstrcmpiA(const char* left, const char* right) {
  return compare_ansi(left, right, NORM_IGNORECASE);
}
