/* The bounds-checked functions of strings and memory: results, what is left in the place, and which
 * errors the handler of invalid parameters is told of. Source: Microsoft's page of each function
 * ("Parameter Validation"). msvcrt has no handler. Wine 8.0 does otherwise in strncpy_s, strcat_s
 * and sprintf_s, where Microsoft's pages are followed. */
#include <errno.h>
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
#if CRT_MSVCRT
#define _set_invalid_parameter_handler(handler) ((void)refused, (void)refusals)
#define REFUSED(error, call) ((call) == (error))
#define ACCEPTED(result, call) ((call) == (result))
#else
#define REFUSED(error, call) (refusals = 0, (call) == (error) && refusals == 1)
#define ACCEPTED(result, call) (refusals = 0, (call) == (result) && refusals == 0)
#endif

static void copying(void) {
  char to[6] = "old";
  CHECK(ACCEPTED(0, strcpy_s(to, 6, "12345")) && !strcmp(to, "12345"));
  CHECK(REFUSED(ERANGE, strcpy_s(to, 6, "123456")) && !*to);
  CHECK(REFUSED(EINVAL, strcpy_s(0, 6, "1")) && REFUSED(EINVAL, strcpy_s(to, 6, 0)) && !*to);
  CHECK(ACCEPTED(0, strncpy_s(to, 6, "123456", 5)) && !strcmp(to, "12345"));
  CHECK(REFUSED(ERANGE, strncpy_s(to, 6, "123456", 6)) && !*to);
  CHECK(ACCEPTED(STRUNCATE, strncpy_s(to, 6, "1234567", _TRUNCATE)) && !strcmp(to, "12345"));
  CHECK(ACCEPTED(0, strncpy_s(0, 0, 0, 0)));
}

static void appending(void) {
  char to[8] = "ab";
  CHECK(ACCEPTED(0, strcat_s(to, 8, "cde")) && !strcmp(to, "abcde"));
  CHECK(ACCEPTED(0, strncat_s(to, 8, "fghi", 2)) && !strcmp(to, "abcdefg"));
  CHECK(REFUSED(ERANGE, strcat_s(to, 8, "h")) && !*to);
  memset(to, 'x', sizeof to);
  CHECK(REFUSED(EINVAL, strcat_s(to, 8, "h")) && to[0] == 'x'); /* it had no end: not modified */
  strcpy(to, "abc");
  CHECK(ACCEPTED(STRUNCATE, strncat_s(to, 6, "defg", _TRUNCATE)) && !strcmp(to, "abcde"));
}

static void changing(void) {
  char to[8] = "AbC1";
  CHECK(ACCEPTED(0, _strlwr_s(to, 8)) && !strcmp(to, "abc1"));
  CHECK(ACCEPTED(0, _strupr_s(to, 8)) && !strcmp(to, "ABC1"));
  CHECK(ACCEPTED(0, _strnset_s(to, 8, '-', 2)) && !strcmp(to, "--C1"));
  CHECK(ACCEPTED(0, _strset_s(to, 8, '+')) && !strcmp(to, "++++"));
  CHECK(REFUSED(EINVAL, _strset_s(to, 3, '-')));
  CHECK(!strcmp(_strrev(strcpy(to, "abc")), "cba") && _strnset(to, 'x', 2) == to);
  CHECK(!strcmp(to, "xxa"));
}

static void splitting(void) {
  char text[] = " one, two", *next = 0;
  CHECK(!strcmp(strtok_s(text, " ,", &next), "one") && !strcmp(strtok_s(0, " ,", &next), "two"));
  CHECK(strtok_s(0, " ,", &next) == 0);
}

static void memory(void) {
  char to[4] = "abc";
  CHECK(ACCEPTED(0, memcpy_s(to, 4, "xyz", 3)) && !strcmp(to, "xyz"));
  CHECK(REFUSED(ERANGE, memcpy_s(to, 2, "abc", 3)) && !to[0] && !to[1] && to[2] == 'z');
  CHECK(REFUSED(EINVAL, memcpy_s(to, 4, 0, 3)) && to[2] == 0);
  CHECK(REFUSED(EINVAL, memmove_s(0, 4, "abc", 3)) && ACCEPTED(0, memmove_s(to, 4, 0, 0)));
  char stop[8] = "-------";
  CHECK(_memccpy(stop, "ab.cd", '.', 5) == stop + 3 && !strcmp(stop, "ab.----"));
  CHECK(_memccpy(stop, "abc", '.', 2) == 0 && _memicmp("ABC", "abd", 2) == 0);
}

static void wide(void) {
  wchar_t to[4];
  CHECK(ACCEPTED(0, wcscpy_s(to, 4, L"abc")) && !wcscmp(to, L"abc"));
  CHECK(REFUSED(ERANGE, wcscpy_s(to, 4, L"abcd")) && !*to);
  CHECK(ACCEPTED(STRUNCATE, wcsncpy_s(to, 4, L"abcdef", _TRUNCATE)) && !wcscmp(to, L"abc"));
  CHECK(REFUSED(ERANGE, wcscat_s(to, 4, L"d")) && !*to);
}

static void formatting(void) {
  char to[6];
  CHECK(ACCEPTED(5, sprintf_s(to, 6, "%d", 12345)) && !strcmp(to, "12345"));
  CHECK(REFUSED(-1, sprintf_s(to, 6, "%d", 123456)) && !*to);
  CHECK(ACCEPTED(-1, _snprintf_s(to, 6, _TRUNCATE, "%d", 123456)) && !strcmp(to, "12345"));
  CHECK(ACCEPTED(-1, _snprintf_s(to, 6, 3, "%d", 123456)) && !strcmp(to, "123"));
  CHECK(REFUSED(-1, _snprintf_s(to, 6, 6, "%d", 123456)) && !*to);
  CHECK(REFUSED(-1, sprintf_s(0, 6, "x")) && REFUSED(-1, sprintf_s(to, 6, 0)));
}

int main(void) {
  _set_invalid_parameter_handler(refused);
  copying();
  appending();
  changing();
  splitting();
  memory();
  wide();
  formatting();
  puts(failures ? "FAIL safe_strings" : "PASS safe_strings");
  return failures;
}
