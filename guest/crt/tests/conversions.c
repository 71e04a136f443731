/* Text and numbers, bytes and wide characters. Sources: C99 7.20.7 and 7.24.6 in the "C" locale,
 * Microsoft's pages of the other functions. Wine 8.0 agrees but for these: _gcvt (the page's own
 * example), getenv_s of a variable that there is not (the page: 0), mbrtowc of no bytes
 * (C99 7.24.6.3.2) and rand_s(0), which its ucrtbase does not tell the handler of. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "mingw/check.h"

static int refusals;
static void refused(const wchar_t* expression, const wchar_t* function, const wchar_t* file,
                    unsigned line, uintptr_t reserved) {
  ++refusals;
}
/* msvcrt has no handler to ask. */
#if CRT_MSVCRT
#define _set_invalid_parameter_handler(handler) ((void)refused)
#define REFUSED(error, call) ((call) == (error))
#define NOT_REFUSED(error, call) ((call) == (error))
#else
/* Does the call give the error, and is the handler of invalid parameters asked? */
#define REFUSED(error, call) (refusals = 0, (call) == (error) && refusals == 1)
#define NOT_REFUSED(error, call) (refusals = 0, (call) == (error) && refusals == 0)
#endif

static void doubles(void) {
  char text[64];
  int point, negative;
  CHECK(!strcmp(_ecvt(3.1415926535, 5, &point, &negative), "31416") && point == 1 && !negative);
  CHECK(!strcmp(_fcvt(-3.1415926535, 7, &point, &negative), "31415927") && point == 1 && negative);
  CHECK(_ecvt_s(text, sizeof text, 0.00012, 2, &point, &negative) == 0);
  CHECK(!strcmp(text, "12") && point == -3);
  CHECK(_fcvt_s(text, sizeof text, 1.2, 5, &point, &negative) == 0 && !strcmp(text, "120000"));
  CHECK(REFUSED(EINVAL, _ecvt_s(0, 5, 1.0, 2, &point, &negative)));
  /* Microsoft's example: -3.1415e5 in seven digits. */
  CHECK(_gcvt(-3.1415e5, 7, text) == text && !strcmp(text, "-314150."));
  CHECK(_gcvt(0.5, 3, text) && !strcmp(text, "0.5") && _gcvt(100, 2, text));
  CHECK(atof(text) == 100);
}

static void integers(void) {
  char text[70];
  CHECK(_itoa_s(-255, text, sizeof text, 16) == 0 && !strcmp(text, "ffffff01"));
  CHECK(_itoa_s(INT_MIN, text, 12, 10) == 0 && !strcmp(text, "-2147483648"));
  CHECK(_i64toa_s(LLONG_MIN, text, 21, 10) == 0 && !strcmp(text, "-9223372036854775808"));
  CHECK(_ui64toa_s(~0ull, text, 65, 2) == 0 && strlen(text) == 64);
  CHECK(REFUSED(ERANGE, _itoa_s(12345, text, 5, 10)) && !*text);
  CHECK(REFUSED(EINVAL, _itoa_s(1, text, 5, 37)) && REFUSED(EINVAL, _itoa_s(1, 0, 5, 10)));
  CHECK(_wtoi(L" -77x") == -77 && _wtoi64(L"123456789012") == 123456789012);
  CHECK(_wtof(L"1.5e2") == 150);
}

static void wide(void) {
  wchar_t to[8];
  char bytes[8];
  size_t count;
  mbstate_t state = {0};
  CHECK(mbstowcs(to, "ab\xe4", 8) == 3 && to[2] == 0xe4 && to[3] == 0 &&
        mbstowcs(0, "abc", 0) == 3);
  CHECK(wcstombs(bytes, L"ab\x00e4", 8) == 3 && bytes[2] == '\xe4');
  errno = 0;
  CHECK(wcstombs(bytes, L"a\x1234", 8) == (size_t)-1 && errno == EILSEQ);
  CHECK(mbstowcs_s(&count, to, 8, "abc", 3) == 0 && count == 4 && !wcscmp(to, L"abc"));
  CHECK(mbstowcs_s(&count, 0, 0, "abcde", 0) == 0 && count == 6);
  CHECK(mbstowcs_s(&count, to, 3, "abcde", _TRUNCATE) == STRUNCATE && !wcscmp(to, L"ab"));
  CHECK(REFUSED(ERANGE, mbstowcs_s(&count, to, 3, "abcde", 5)) && !*to);
  CHECK(REFUSED(EINVAL, mbstowcs_s(&count, to, 3, 0, 5)) && !*to);
  CHECK(wcstombs_s(&count, bytes, 8, L"abc", 2) == 0 && count == 3 && !strcmp(bytes, "ab"));
  CHECK(REFUSED(ERANGE, wcstombs_s(&count, bytes, 3, L"abcde", 5)) && !*bytes);
  CHECK(NOT_REFUSED(EILSEQ, wcstombs_s(&count, bytes, 8, L"a\x1234", 8)) && !*bytes);
  CHECK(mbrtowc(to, "x", 1, &state) == 1 && *to == 'x' && mbrtowc(to, "", 1, &state) == 0);
  CHECK(mbrtowc(to, "x", 0, &state) == (size_t)-2 && wcrtomb(bytes, L'y', &state) == 1);
  const char* text = "abcd";
  CHECK(mbsrtowcs(to, &text, 2, &state) == 2 && !strcmp(text, "cd"));
  CHECK(mbsrtowcs(to, &text, 8, &state) == 2 && text == 0);
  CHECK(btowc('a') == 'a' && btowc(EOF) == WEOF && wctob(L'a') == 'a' && wctob(0x1234) == EOF);
}

static void environment(void) {
  char text[16], *copy = 0;
  size_t needed;
  CHECK(_putenv("LAB_ONE=first") == 0 && !strcmp(getenv("lab_one"), "first"));
  CHECK(getenv_s(&needed, text, sizeof text, "LAB_ONE") == 0 && needed == 6);
  CHECK(getenv_s(&needed, text, 3, "LAB_ONE") == ERANGE && needed == 6);
  CHECK(getenv_s(&needed, 0, 0, "LAB_NONE") == 0 && needed == 0);
  CHECK(REFUSED(EINVAL, getenv_s(&needed, text, sizeof text, 0)));
  CHECK(_putenv_s("LAB_ONE", "second") == 0 && _dupenv_s(&copy, &needed, "LAB_ONE") == 0);
  CHECK(copy && !strcmp(copy, "second") && needed == 7);
  free(copy);
  CHECK(!wcscmp(_wgetenv(L"LAB_ONE"), L"second") && _putenv("LAB_ONE=") == 0 && !getenv("LAB_ONE"));
}

static void errors(void) {
  char text[100], small[5];
  wchar_t wide_text[100];
  CHECK(strerror_s(text, sizeof text, ENOENT) == 0 && !strcmp(text, "No such file or directory"));
  CHECK(strerror_s(small, sizeof small, ENOENT) == 0 && !strcmp(small, "No s"));
  CHECK(_wcserror_s(wide_text, 100, EINVAL) == 0 && !wcscmp(wide_text, L"Invalid argument"));
  errno = EACCES;
  CHECK(!strcmp(_strerror("said"), "said: Permission denied\n"));
  CHECK(!wcscmp(__wcserror(L"said"), L"said: Permission denied\n"));
}

static int by_size(void* context, const void* a, const void* b) {
  ++*(int*)context;
  return *(const int*)a - *(const int*)b;
}
static void searching(void) {
  int values[4] = {9, 4, 7, 0}, calls = 0, wanted = 7;
  unsigned count = 3;
  CHECK(_lfind_s(&wanted, values, &count, sizeof(int), by_size, &calls) == &values[2]);
  CHECK(calls == 3);
  wanted = 5;
  CHECK(_lsearch_s(&wanted, values, &count, sizeof(int), by_size, &calls) == &values[3]);
  CHECK(count == 4 && values[3] == 5);
  qsort_s(values, 4, sizeof(int), by_size, &calls);
  CHECK(values[0] == 4 && values[1] == 5 && values[2] == 7 && values[3] == 9);
  CHECK(bsearch_s(&wanted, values, 4, sizeof(int), by_size, &calls) == &values[1]);
  unsigned first = 0, second = 0, third = 0;
  CHECK(rand_s(&first) == 0 && rand_s(&second) == 0 && rand_s(&third) == 0);
  CHECK(first != second || second != third);
  CHECK(REFUSED(EINVAL, rand_s(0)));
}

int main(void) {
  _set_invalid_parameter_handler(refused);
  doubles();
  integers();
  wide();
  environment();
  errors();
  searching();
  puts(failures ? "FAIL conversions" : "PASS conversions");
  return failures;
}
