/* Streams on files. Sources: C99 7.19; Microsoft's pages of fopen (text mode, Ctrl-Z, append and
 * update), _setmode, fseek, ungetc, fread, fputwc and fopen_s; Wine 8.0 agrees but that
 * reading a stream that is only written sets no error there (C99 7.19.7.1: a read error does). */
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "mingw/check.h"

/* A number that is no file's is an invalid parameter, which without a handler ends a program of the
 * UCRT; msvcrt has none. */
#if !CRT_MSVCRT
static void refused(const wchar_t* expression, const wchar_t* function, const wchar_t* file,
                    unsigned line, uintptr_t reserved) {}
#endif

#define NAME "stream.txt"

/* The bytes of the file, in `bytes`. */
static char bytes[100];
static int length_of_file(void) {
  FILE* file = fopen(NAME, "rb");
  if (!file) return -1;
  const int length = (int)fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  return length;
}
static int file_is(const char* expected, int length) {
  return length_of_file() == length && !memcmp(bytes, expected, (size_t)length);
}
static void make(const char* text, int length) {
  FILE* file = fopen(NAME, "wb");
  CHECK(file && fwrite(text, 1, (size_t)length, file) == (size_t)length && fclose(file) == 0);
}

static void text_mode(void) {
  char line[20];
  FILE* file = fopen(NAME, "w");
  CHECK(file && fputs("one\ntwo\n", file) >= 0 && fclose(file) == 0);
  CHECK(file_is("one\r\ntwo\r\n", 10));
  file = fopen(NAME, "r");
  CHECK(file && fgets(line, sizeof line, file) && !strcmp(line, "one\n") && ftell(file) == 5);
  CHECK(fseek(file, 5, SEEK_SET) == 0 && fgetc(file) == 't' && fgetc(file) == 'w');
  CHECK(fgetc(file) == 'o' && fgetc(file) == '\n' && fgetc(file) == EOF && feof(file));
  CHECK(!ferror(file) && fclose(file) == 0);
  /* A lone CR stays; CR LF at the end of a read is one character. */
  make("a\rb\r\n", 5);
  file = fopen(NAME, "rt");
  CHECK(file && fread(line, 1, 10, file) == 4 && !memcmp(line, "a\rb\n", 4) && fclose(file) == 0);
  /* Ctrl-Z ends a file that is read as text. */
  make(
      "ab\x1a"
      "cd",
      5);
  file = fopen(NAME, "r");
  CHECK(file && fread(line, 1, 10, file) == 2 && feof(file) && fclose(file) == 0);
  file = fopen(NAME, "rb");
  CHECK(file && fread(line, 1, 10, file) == 5 && fclose(file) == 0);
}

static void appending(void) {
  make("12345", 5);
  FILE* file = fopen(NAME, "ab");
  CHECK(file && fputs("67", file) >= 0 && fseek(file, 0, SEEK_SET) == 0 && fputc('8', file) == '8');
  CHECK(fclose(file) == 0 && file_is("12345678", 8)); /* always at the end */
  file = fopen(NAME, "a+b");
  CHECK(file && fseek(file, 2, SEEK_SET) == 0 && fgetc(file) == '3');
  CHECK(fseek(file, 0, SEEK_CUR) == 0 && fputc('9', file) == '9' && fclose(file) == 0);
  CHECK(file_is("123456789", 9));
}

static void updating(void) {
  char text[10];
  make("abcdef", 6);
  FILE* file = fopen(NAME, "r+b");
  CHECK(file && fgetc(file) == 'a' && fseek(file, 0, SEEK_CUR) == 0 && fputc('B', file) == 'B');
  CHECK(fflush(file) == 0 && fseek(file, 0, SEEK_CUR) == 0 && fgetc(file) == 'c');
  CHECK(fseek(file, -1, SEEK_END) == 0 && fputc('F', file) == 'F' && ftell(file) == 6);
  rewind(file);
  CHECK(fread(text, 1, 10, file) == 6 && !memcmp(text, "aBcdeF", 6) && fclose(file) == 0);
  file = fopen(NAME, "w+b");
  CHECK(file && fputs("new", file) >= 0 && fseek(file, 1, SEEK_SET) == 0 && fgetc(file) == 'e');
  CHECK(fclose(file) == 0 && file_is("new", 3));
  file = fopen(NAME, "rb");
  CHECK(file && fputc('x', file) == EOF && ferror(file));
  clearerr(file);
  CHECK(!ferror(file) && fclose(file) == 0);
  file = fopen(NAME, "wb");
  CHECK(file && fgetc(file) == EOF && ferror(file) && fclose(file) == 0);
}

static void places(void) {
  fpos_t place;
  char buffer[64], text[10];
  make("0123456789", 10);
  FILE* file = fopen(NAME, "rb");
  CHECK(file && setvbuf(file, buffer, _IOFBF, sizeof buffer) == 0);
  CHECK(fseek(file, 4, SEEK_SET) == 0 && fgetpos(file, &place) == 0 && fgetc(file) == '4');
  CHECK(ungetc('x', file) == 'x' && fgetc(file) == 'x' && fgetc(file) == '5');
  CHECK(fsetpos(file, &place) == 0 && fgetc(file) == '4' && _ftelli64(file) == 5);
  CHECK(fseek(file, -2, SEEK_CUR) == 0 && fgetc(file) == '3' && fseek(file, -20, SEEK_CUR) == -1);
  CHECK(fseek(file, 3, SEEK_END) == 0 && fgetc(file) == EOF && feof(file));
  CHECK(fseek(file, 0, SEEK_SET) == 0 && !feof(file) && ungetc(EOF, file) == EOF);
  CHECK(fread(text, 4, 2, file) == 2 && fread(text, 4, 2, file) == 0); /* two bytes are no item */
  CHECK(fclose(file) == 0);
  file = fopen(NAME, "wb");
  CHECK(file && setvbuf(file, 0, _IONBF, 0) == 0 && fputs("now", file) >= 0);
  CHECK(file_is("now", 3) && fclose(file) == 0); /* it was not held back */
}

static void numbers(void) {
  int file = _open(NAME, _O_CREAT | _O_TRUNC | _O_RDWR | _O_BINARY, 0600);
  CHECK(file >= 3 && _write(file, "a\nb\n", 4) == 4 && _lseek(file, 0, SEEK_SET) == 0);
  CHECK(_setmode(file, _O_TEXT) == _O_BINARY && _setmode(file, _O_BINARY) == _O_TEXT);
  char text[10];
  CHECK(_read(file, text, 10) == 4 && _eof(file) == 1 && _tell(file) == 4);
  const int second = _dup(file);
  CHECK(second > file && _lseek(second, 1, SEEK_SET) == 1 && _tell(file) == 1); /* one place */
  FILE* stream = _fdopen(second, "rb");
  CHECK(stream && _fileno(stream) == second && fgetc(stream) == '\n' && fclose(stream) == 0);
  CHECK(_close(second) == -1 && errno == EBADF && _close(file) == 0);
}

static void wide(void) {
  wchar_t line[10];
  FILE* file = fopen(NAME, "w");
  CHECK(file && fputws(L"ab\n", file) >= 0 && fputwc(L'c', file) == L'c');
  CHECK(fwprintf(file, L"%d%s", 7, L"x") == 2 && fclose(file) == 0 && file_is("ab\r\nc7x", 7));
  file = fopen(NAME, "r");
  CHECK(file && fgetws(line, 10, file) && !wcscmp(line, L"ab\n") && fgetwc(file) == L'c');
  CHECK(ungetwc(L'd', file) == L'd' && fgetwc(file) == L'd' && fgetws(line, 10, file));
  CHECK(!wcscmp(line, L"7x") && fgetwc(file) == WEOF && fclose(file) == 0);
  file = fopen(NAME, "wb"); /* in binary mode a character is its two bytes */
  CHECK(file && fputws(L"\x1234z", file) >= 0 && fclose(file) == 0 && file_is("\x34\x12z\0", 4));
  file = fopen(NAME, "rb");
  CHECK(file && fgetwc(file) == 0x1234 && fgetwc(file) == L'z' && fclose(file) == 0);
}

static void opening(void) {
  FILE* file = (FILE*)1;
  CHECK(fopen("none.txt", "r") == 0 && errno == ENOENT);
  CHECK(fopen_s(&file, "none.txt", "r") == ENOENT && file == 0);
  CHECK(fopen_s(&file, NAME, "w") == 0 && file && fputs("x", file) >= 0);
  file = freopen(NAME, "rb", file);
  CHECK(file && fgetc(file) == 'x' && fclose(file) == 0);
  CHECK(remove(NAME) == 0);
}

int main(void) {
#if !CRT_MSVCRT
  _set_invalid_parameter_handler(refused);
#endif
  text_mode();
  appending();
  updating();
  places();
  numbers();
  wide();
  opening();
  puts(failures ? "FAIL streams" : "PASS streams");
  return failures;
}
