/* The console itself (documented under _putch, _cputs, _getch, _kbhit): standard output and input
 * past their streams. There is no keyboard: _getch takes what standard input has. */
#include "format.h"
#include "names.h"

BOOL WINAPI WriteConsoleW(HANDLE console, const void* text, DWORD count, DWORD* written,
                          PVOID reserved);

static int put_back = -1; /* one character, of _ungetch */

static int write_bytes(const char* text, size_t count) {
  DWORD written = 0;
  return WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), text, (DWORD)count, &written, 0) &&
         written == count;
}
static int write_wide(const wchar_t* text, size_t count) {
  DWORD written = 0;
  return WriteConsoleW(GetStdHandle(STD_OUTPUT_HANDLE), text, (DWORD)count, &written, 0) &&
         written == count;
}

int _putch(int c) {
  const char byte = (char)c;
  return write_bytes(&byte, 1) ? c : EOF;
}
wint_t _putwch(wchar_t c) {
  return write_wide(&c, 1) ? c : WEOF;
}
int _cputs(const char* text) {
  if (!text) {
    crt_invalid_parameter();
    return -1;
  }
  return write_bytes(text, strlen(text)) ? 0 : -1;
}
int _cputws(const wchar_t* text) {
  if (!text) {
    crt_invalid_parameter();
    return -1;
  }
  return write_wide(text, wcslen(text)) ? 0 : -1;
}

int _getch(void) {
  unsigned char byte;
  DWORD read = 0;
  if (put_back >= 0) {
    const int c = put_back;
    put_back = -1;
    return c;
  }
  return ReadFile(GetStdHandle(STD_INPUT_HANDLE), &byte, 1, &read, 0) && read == 1 ? byte : EOF;
}
int _getche(void) {
  const int c = _getch();
  return c == EOF ? EOF : _putch(c);
}
wint_t _getwch(void) {
  const int c = _getch();
  return c == EOF ? WEOF : (wint_t)c;
}
wint_t _getwche(void) {
  const wint_t c = _getwch();
  return c == WEOF ? WEOF : _putwch(c);
}
/* EOF when one is there already (documented). */
int _ungetch(int c) {
  if (c == EOF || put_back >= 0) return EOF;
  return put_back = c & 0xff;
}
wint_t _ungetwch(wint_t c) {
  return _ungetch(c) == EOF ? WEOF : c;
}
int _kbhit(void) {
  return put_back >= 0;
}

static void put_bytes(struct crt_output* output, const void* text, size_t count) {
  if (!write_bytes(text, count)) output->failed = 1;
}
static void put_wide(struct crt_output* output, const void* text, size_t count) {
  if (!write_wide(text, count)) output->failed = 1;
}
int __conio_common_vcprintf(uint64_t options, const char* format, _locale_t locale,
                            va_list arguments) {
  struct crt_output output = {put_bytes, 0};
  return crt_format(&output, options, format, arguments);
}
int __conio_common_vcprintf_p(uint64_t options, const char* format, _locale_t locale,
                              va_list arguments) {
  return __conio_common_vcprintf(options | PRINTF_POSITIONS, format, locale, arguments);
}
int __conio_common_vcwprintf(uint64_t options, const wchar_t* format, _locale_t locale,
                             va_list arguments) {
  struct crt_output output = {put_wide, 0};
  return crt_wide_format(&output, options, format, arguments);
}
int __conio_common_vcwprintf_p(uint64_t options, const wchar_t* format, _locale_t locale,
                               va_list arguments) {
  return __conio_common_vcwprintf(options | PRINTF_POSITIONS, format, locale, arguments);
}

#if CRT_MSVCRT
#define FORMS(character, name, v_name, common)             \
  int v_name(const character* format, va_list arguments) { \
    return common(0, format, 0, arguments);                \
  }                                                        \
  int name(const character* format, ...) {                 \
    PASS_ON(format, common(0, format, 0, arguments));      \
  }
FORMS(char, _cprintf, _vcprintf, __conio_common_vcprintf)
FORMS(char, _cprintf_s, _vcprintf_s, __conio_common_vcprintf)
FORMS(char, _cprintf_p, _vcprintf_p, __conio_common_vcprintf_p)
FORMS(wchar_t, _cwprintf, _vcwprintf, __conio_common_vcwprintf)
FORMS(wchar_t, _cwprintf_s, _vcwprintf_s, __conio_common_vcwprintf)
FORMS(wchar_t, _cwprintf_p, _vcwprintf_p, __conio_common_vcwprintf_p)
#endif
