/* scanf and its kin of a UCRT program; see printf_ucrt.c. */
#include <stdio.h>

#include <stdio_options.h>
#include "pass_on.h"

int __stdio_common_vfscanf(uint64_t options, FILE* stream, const char* format, _locale_t locale,
                           va_list arguments);
int __stdio_common_vsscanf(uint64_t options, const char* text, size_t length, const char* format,
                           _locale_t locale, va_list arguments);
int __stdio_common_vswscanf(uint64_t options, const wchar_t* text, size_t length,
                            const wchar_t* format, _locale_t locale, va_list arguments);

int vfscanf(FILE* stream, const char* format, va_list arguments) {
  return __stdio_common_vfscanf(0, stream, format, 0, arguments);
}
int fscanf(FILE* stream, const char* format, ...) {
  PASS_ON(format, vfscanf(stream, format, arguments));
}
int vscanf(const char* format, va_list arguments) {
  return vfscanf(stdin, format, arguments);
}
int scanf(const char* format, ...) {
  PASS_ON(format, vfscanf(stdin, format, arguments));
}
int vsscanf(const char* text, const char* format, va_list arguments) {
  return __stdio_common_vsscanf(0, text, (size_t)-1, format, 0, arguments);
}
int sscanf(const char* text, const char* format, ...) {
  PASS_ON(format, vsscanf(text, format, arguments));
}
int sscanf_s(const char* text, const char* format, ...) {
  PASS_ON(format, __stdio_common_vsscanf(SCANF_SECURECRT, text, (size_t)-1, format, 0, arguments));
}
int swscanf(const wchar_t* text, const wchar_t* format, ...) {
  PASS_ON(format, __stdio_common_vswscanf(SCANF_LEGACY_WIDE_SPECIFIERS, text, (size_t)-1, format, 0,
                                          arguments));
}
