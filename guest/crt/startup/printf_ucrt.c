/* printf and its kin of a UCRT program: its DLL exports only the functions that all of them come
 * down to. (Microsoft's headers have these as inline functions.) */
#include <stdio.h>

#include <stdio_options.h>
#include "pass_on.h"

/* What a program of a current SDK asks for: ties to even, and %s wide in wide functions. */
#define ROUNDING PRINTF_STANDARD_ROUNDING
#define WIDE (ROUNDING | PRINTF_LEGACY_WIDE_SPECIFIERS)

int __stdio_common_vfprintf(uint64_t options, FILE* stream, const char* format, _locale_t locale,
                            va_list arguments);
int __stdio_common_vfprintf_p(uint64_t options, FILE* stream, const char* format, _locale_t locale,
                              va_list arguments);
int __stdio_common_vsprintf_p(uint64_t options, char* to, size_t room, const char* format,
                              _locale_t locale, va_list arguments);
int __stdio_common_vswprintf_p(uint64_t options, wchar_t* to, size_t room, const wchar_t* format,
                               _locale_t locale, va_list arguments);
int __stdio_common_vfwprintf(uint64_t options, FILE* stream, const wchar_t* format,
                             _locale_t locale, va_list arguments);
int __stdio_common_vsprintf(uint64_t options, char* to, size_t room, const char* format,
                            _locale_t locale, va_list arguments);
int __stdio_common_vsprintf_s(uint64_t options, char* to, size_t room, const char* format,
                              _locale_t locale, va_list arguments);
int __stdio_common_vsnprintf_s(uint64_t options, char* to, size_t room, size_t most,
                               const char* format, _locale_t locale, va_list arguments);
int __stdio_common_vswprintf(uint64_t options, wchar_t* to, size_t room, const wchar_t* format,
                             _locale_t locale, va_list arguments);
int vfprintf(FILE* stream, const char* format, va_list arguments) {
  return __stdio_common_vfprintf(ROUNDING, stream, format, 0, arguments);
}
int vprintf(const char* format, va_list arguments) {
  return vfprintf(stdout, format, arguments);
}
int printf(const char* format, ...) {
  PASS_ON(format, vfprintf(stdout, format, arguments));
}
int fprintf(FILE* stream, const char* format, ...) {
  PASS_ON(format, vfprintf(stream, format, arguments));
}

int vsprintf(char* to, const char* format, va_list arguments) {
  return __stdio_common_vsprintf(ROUNDING | PRINTF_LEGACY_VSPRINTF_NULL_TERMINATION, to, (size_t)-1,
                                 format, 0, arguments);
}
int sprintf(char* to, const char* format, ...) {
  PASS_ON(format, vsprintf(to, format, arguments));
}
int vsnprintf(char* to, size_t room, const char* format, va_list arguments) {
  const int result = __stdio_common_vsprintf(ROUNDING | PRINTF_STANDARD_SNPRINTF_BEHAVIOR, to, room,
                                             format, 0, arguments);
  return result < 0 ? -1 : result;
}
int snprintf(char* to, size_t room, const char* format, ...) {
  PASS_ON(format, vsnprintf(to, room, format, arguments));
}
int _vsnprintf(char* to, size_t room, const char* format, va_list arguments) {
  return __stdio_common_vsprintf(ROUNDING | PRINTF_LEGACY_VSPRINTF_NULL_TERMINATION, to, room,
                                 format, 0, arguments);
}
int _snprintf(char* to, size_t room, const char* format, ...) {
  PASS_ON(format, _vsnprintf(to, room, format, arguments));
}
int _vscprintf(const char* format, va_list arguments) {
  return __stdio_common_vsprintf(ROUNDING | PRINTF_STANDARD_SNPRINTF_BEHAVIOR, 0, 0, format, 0,
                                 arguments);
}
int _scprintf(const char* format, ...) {
  PASS_ON(format, _vscprintf(format, arguments));
}
int vsprintf_s(char* to, size_t room, const char* format, va_list arguments) {
  return __stdio_common_vsprintf_s(ROUNDING, to, room, format, 0, arguments);
}
int sprintf_s(char* to, size_t room, const char* format, ...) {
  PASS_ON(format, vsprintf_s(to, room, format, arguments));
}
int _vsnprintf_s(char* to, size_t room, size_t most, const char* format, va_list arguments) {
  return __stdio_common_vsnprintf_s(ROUNDING, to, room, most, format, 0, arguments);
}
int _snprintf_s(char* to, size_t room, size_t most, const char* format, ...) {
  PASS_ON(format, _vsnprintf_s(to, room, most, format, arguments));
}

int _vsprintf_p(char* to, size_t room, const char* format, va_list arguments) {
  return __stdio_common_vsprintf_p(ROUNDING, to, room, format, 0, arguments);
}
int _sprintf_p(char* to, size_t room, const char* format, ...) {
  PASS_ON(format, _vsprintf_p(to, room, format, arguments));
}
int _printf_p(const char* format, ...) {
  PASS_ON(format, __stdio_common_vfprintf_p(ROUNDING, stdout, format, 0, arguments));
}
int _swprintf_p(wchar_t* to, size_t room, const wchar_t* format, ...) {
  PASS_ON(format, __stdio_common_vswprintf_p(WIDE, to, room, format, 0, arguments));
}

int vfwprintf(FILE* stream, const wchar_t* format, va_list arguments) {
  return __stdio_common_vfwprintf(WIDE, stream, format, 0, arguments);
}
int fwprintf(FILE* stream, const wchar_t* format, ...) {
  PASS_ON(format, vfwprintf(stream, format, arguments));
}
int wprintf(const wchar_t* format, ...) {
  PASS_ON(format, vfwprintf(stdout, format, arguments));
}
int vswprintf(wchar_t* to, size_t room, const wchar_t* format, va_list arguments) {
  const int result = __stdio_common_vswprintf(WIDE, to, room, format, 0, arguments);
  return result < 0 ? -1 : result;
}
int swprintf(wchar_t* to, size_t room, const wchar_t* format, ...) {
  PASS_ON(format, vswprintf(to, room, format, arguments));
}
int _vsnwprintf(wchar_t* to, size_t room, const wchar_t* format, va_list arguments) {
  return __stdio_common_vswprintf(WIDE | PRINTF_LEGACY_VSPRINTF_NULL_TERMINATION, to, room, format,
                                  0, arguments);
}
int _snwprintf(wchar_t* to, size_t room, const wchar_t* format, ...) {
  PASS_ON(format, _vsnwprintf(to, room, format, arguments));
}
