/* Streams in Unicode modes. Source: Microsoft, fopen ("Unicode support": what is written, and which
 * encoding a file without a mark, and with one, is read in) and _setmode; RFC 3629 for the bytes.
 */
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "mingw/check.h"

#define NAME "unicode.txt"

static int file_is(const char* expected, size_t length) {
  char bytes[64];
  FILE* file = fopen(NAME, "rb");
  const size_t read = file ? fread(bytes, 1, sizeof bytes, file) : 0;
  if (file) fclose(file);
  return read == length && !memcmp(bytes, expected, length);
}
static void make(const char* bytes, size_t length) {
  FILE* file = fopen(NAME, "wb");
  CHECK(file && fwrite(bytes, 1, length, file) == length && fclose(file) == 0);
}
static int reads(const char* mode, const wchar_t* expected) {
  wchar_t line[32] = L"";
  FILE* file = fopen(NAME, mode);
  const int same = file && fgetws(line, 32, file) && !wcscmp(line, expected);
  if (file) fclose(file);
  return same;
}

/* e with acute, the euro, and a clef that takes a pair. */
#define TEXT L"\x00e9\x20ac\xd834\xdd1e\n"
#define UTF8 "\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9e\r\n"
#define UTF16 "\xe9\0\xac\x20\x34\xd8\x1e\xdd\r\0\n"

int main(void) {
  FILE* file = fopen(NAME, "w, ccs=UTF-8");
  CHECK(file && fputws(TEXT, file) >= 0 && fclose(file) == 0);
  CHECK(file_is("\xef\xbb\xbf" UTF8, 3 + sizeof UTF8 - 1) && reads("r, ccs=UTF-8", TEXT));
  CHECK(reads("r, ccs=UNICODE", TEXT) && reads("r, ccs=UTF-16LE", TEXT)); /* the mark decides */
  file = fopen(NAME, "w, ccs=UTF-16LE");
  CHECK(file && fputws(TEXT, file) >= 0 && fclose(file) == 0);
  CHECK(file_is("\xff\xfe" UTF16, 2 + sizeof UTF16) && reads("r, ccs=UNICODE", TEXT));
  make(UTF8, sizeof UTF8 - 1);
  CHECK(reads("r, ccs=UTF-8", TEXT) &&
        reads("rt, ccs=UNICODE", L"\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9e\n"));
  make(UTF16, sizeof UTF16);
  CHECK(reads("r, ccs=UTF-16LE", TEXT) && remove(NAME) == 0);

  CHECK(_setmode(_fileno(stdout), _O_U16TEXT) == _O_TEXT);
  CHECK(wprintf(L"%s", TEXT) == 5 && _setmode(_fileno(stdout), _O_TEXT) != -1);
  puts(failures ? "FAIL unicode_streams" : "PASS unicode_streams");
  return failures;
}
