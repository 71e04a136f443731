/* scanf's format language. Source: C99 7.19.6.2; Microsoft, "Format specification fields: scanf",
 * "scanf width specification" and sscanf_s for what is its own; Wine 8.0 agrees (but that its
 * ucrtbase rounds the 3.14 of %4lf otherwise; mingw-w64's headers have another swscanf for msvcrt).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mingw/check.h"

static void integers(void) {
  int a = -1, b = -1, c = -1;
  short h = -1;
  long long wide = -1;
  unsigned u = 1;
  CHECK(sscanf("  12 -34\t+5", "%d%d%d", &a, &b, &c) == 3 && a == 12 && b == -34 && c == 5);
  CHECK(sscanf("0x1f 017 19", "%i%i%i", &a, &b, &c) == 3 && a == 31 && b == 15 && c == 19);
  CHECK(sscanf("ff 0XFF 77", "%x%x%o", &u, &a, &b) == 3 && u == 255 && a == 255 && b == 63);
  CHECK(sscanf("123456", "%2d%3d%d", &a, &b, &c) == 3 && a == 12 && b == 345 && c == 6);
  CHECK(sscanf("1 2", "%*d%d", &a) == 1 && a == 2);
  CHECK(sscanf("70000", "%hd", &h) == 1 && h == (short)70000);
  CHECK(sscanf("123456789012", "%I64d", &wide) == 1 && wide == 123456789012);
  CHECK(sscanf("4294967295", "%u", &u) == 1 && u == 4294967295u);
  a = 9;
  CHECK(sscanf("-", "%d", &a) != 1 && sscanf("x", "%d", &a) == 0 && a == 9);
  CHECK(sscanf("5 x", "%d%d", &a, &b) == 1 && sscanf("", "%d", &a) == EOF);
  CHECK(sscanf("12 end", "%d%n", &a, &b) == 1 && b == 2);
}

static void doubles(void) {
  double d = 0, e = 0;
  float f = 0;
  CHECK(sscanf("1.5 -2e3 .25", "%lf%lf%f", &d, &e, &f) == 3 && d == 1.5 && e == -2000 && f == .25f);
  CHECK(sscanf("3.14159", "%4lf%lf", &d, &e) == 2 && d == 3.14 && e == 159);
  CHECK(sscanf("1e5x", "%lf", &d) == 1 && d == 1e5 && sscanf("e5", "%lf", &d) == 0);
#if !CRT_MSVCRT
  CHECK(sscanf("0x1.8p1 inf", "%lf%lf", &d, &e) == 2 && d == 3 && e > 1e308);
#endif
}

static void texts(void) {
  char word[20], rest[20];
  wchar_t wide[20];
  int n = 0;
  CHECK(sscanf("  two words", "%s%s", word, rest) == 2 && !strcmp(word, "two"));
  CHECK(sscanf("abcdef", "%3s%s", word, rest) == 2 && !strcmp(word, "abc") && !strcmp(rest, "def"));
  memset(word, '!', sizeof word);
  CHECK(sscanf(" ab", "%c%c", &word[0], &word[1]) == 2 && word[0] == ' ' && word[1] == 'a');
  CHECK(sscanf("wxyz", "%3c", word) == 1 && !memcmp(word, "wxy!", 4)); /* without a zero */
  CHECK(sscanf("key=value;", "%[^=]=%[a-z]%n", word, rest, &n) == 2 && !strcmp(word, "key"));
  CHECK(!strcmp(rest, "value") && n == 9);
  CHECK(sscanf("]x", "%[]]%s", word, rest) == 2 && !strcmp(word, "]") && !strcmp(rest, "x"));
  CHECK(sscanf("a]b", "%[^]]", word) == 1 && !strcmp(word, "a"));
  CHECK(sscanf("123", "%[a-z]", word) == 0);
  CHECK(sscanf("50% of", "%d%% %s", &n, word) == 2 && n == 50 && !strcmp(word, "of"));
  CHECK(sscanf("a b", "a b%n", &n) == 0 && n == 3);
  CHECK(sscanf("a   b", "a b%n", &n) == 0 && n == 5); /* a blank stands for any number */
  CHECK(sscanf("wide", "%ls", wide) == 1 && !wcscmp(wide, L"wide"));
  CHECK(sscanf("wide", "%S", wide) == 1 && !wcscmp(wide, L"wide"));
  CHECK(swscanf(L"7 narrow", L"%d %hs", &n, word) == 2 && n == 7 && !strcmp(word, "narrow"));
  CHECK(swscanf(L"eight", L"%s", wide) == 1 && !wcscmp(wide, L"eight"));
  CHECK(sscanf("   ", "%s", word) == EOF && sscanf("", "%c", word) == EOF);
}

static void sized(void) {
  char word[6] = "?", c = '?';
  int n = 0;
  CHECK(sscanf_s("12345 7", "%s%d", word, 6u, &n) == 2 && !strcmp(word, "12345") && n == 7);
  CHECK(sscanf_s("123456", "%s", word, 6u) == 0 && !*word); /* no room for the zero */
  CHECK(sscanf_s("xy", "%c", &c, 1u) == 1 && c == 'x');
  CHECK(sscanf_s("abc", "%[a-z]", word, 3u) == 0 && !*word);
  CHECK(sscanf_s("abc", "%2s", word, 3u) == 1 && !strcmp(word, "ab"));
}

static void streams(void) {
  char word[20];
  int n = 0, c;
  FILE* file = fopen("scanned", "w+");
  CHECK(file && fputs("12 abc\n34", file) >= 0);
  if (!file) return;
  rewind(file);
  CHECK(fscanf(file, "%d", &n) == 1 && n == 12 && (c = getc(file)) == ' ');
  CHECK(fscanf(file, "%d", &n) == 0 && getc(file) == 'a'); /* what does not match stays */
  CHECK(fscanf(file, "%s%d", word, &n) == 2 && !strcmp(word, "bc") && n == 34);
  CHECK(fscanf(file, "%d", &n) == EOF && feof(file));
  CHECK(fclose(file) == 0 && remove("scanned") == 0);
}

int main(void) {
  integers();
  doubles();
  texts();
  sized();
  streams();
  puts(failures ? "FAIL scanning" : "PASS scanning");
  return failures;
}
