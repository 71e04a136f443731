/* Arguments by position, and multibyte strings. Sources: Microsoft, "printf_p positional
 * parameters" and the pages of the _mbs functions in a code page of single bytes (there Wine 8.0
 * agrees). */
#include <errno.h>
#include <mbstring.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mingw/check.h"

static char text[100];
#define IS(expected, ...) \
  (_sprintf_p(text, sizeof text, __VA_ARGS__) == (int)strlen(expected) && !strcmp(text, expected))

static void positions(void) {
  CHECK(IS("second first", "%2$s %1$s", "first", "second"));
  CHECK(IS("3 1.50 7 3", "%1$d %2$.2f %3$I64d %1$d", 3, 1.5, 7LL));
  CHECK(IS("[   7] [7   ] [0007]", "[%1$*2$d] [%1$-*2$d] [%1$.*2$d]", 7, 4));
  /* The page's own example. */
  CHECK(IS("333.333300 2.22 0.100", "%3$*5$f %2$.*4$f %1$*4$.*5$f", 0.1, 2.22, 333.3333, 2, 3));
  CHECK(IS("100% 5", "100%% %1$d", 5));
  CHECK(IS("1 two", "%d %s", 1, "two")); /* without positions it is printf's language */
  wchar_t wide[20];
  CHECK(_swprintf_p(wide, 20, L"%2$d %1$d", 1, 2) == 3 && !wcscmp(wide, L"2 1"));
}

static void multibyte(void) {
  const unsigned char* word = (const unsigned char*)"single bytes";
  unsigned char copy[20];
  CHECK(_getmbcp() == 0 || _setmbcp(0) == 0);
  CHECK(_mbslen(word) == 12 && _mbsinc(word) == word + 1 && _mbsdec(word, word + 3) == word + 2);
  CHECK(_mbsdec(word, word) == 0 && _mbsnextc(word) == 's' && _mbsninc(word, 100) == word + 12);
  CHECK(_mbschr(word, 'b') == word + 7 && _mbsrchr(word, 's') == word + 11);
  CHECK(_mbsstr(word, (const unsigned char*)"byte") == word + 7);
  CHECK(_mbscmp(word, (const unsigned char*)"single") > 0);
  CHECK(_mbsicmp(word, (const unsigned char*)"SINGLE BYTES") == 0);
  CHECK(_mbsnbcmp(word, (const unsigned char*)"single!", 6) == 0);
  memset(copy, 'x', sizeof copy);
  CHECK(_mbsnbcpy(copy, word, 6) == copy && copy[5] == 'e' && copy[6] == 'x');
  CHECK(_mbscpy_s(copy, sizeof copy, word) == 0 && _mbsupr(copy) == copy);
  CHECK(!strcmp((char*)copy, "SINGLE BYTES"));
  CHECK(_mbstok(copy, (const unsigned char*)" ") == copy && copy[6] == 0);
  CHECK(!_ismbblead(0x81) && _ismbcalpha('a') && !_ismbcalpha('1') && _mbctoupper('a') == 'A');
  CHECK(_mbclen(word) == 1 && _mbsspnp(word, (const unsigned char*)"ings") == word + 4);
}

int main(void) {
  positions();
  multibyte();
  puts(failures ? "FAIL positions" : "PASS positions");
  return failures;
}
