/* Formatted output into strings. */
#include <stdio.h>
#include "crt.h"
#include "format.h"

#define CHAR char
#define FORMAT crt_format
#define COMMON __stdio_common_vsprintf
#define COMMON_S __stdio_common_vsprintf_s
#define COMMON_N_S __stdio_common_vsnprintf_s
#include "sprintf.inc"

#if CRT_MSVCRT
int vsprintf(char* to, const char* format, va_list arguments) {
  return COMMON(PRINTF_LEGACY_VSPRINTF_NULL_TERMINATION, to, (size_t)-1, format, 0, arguments);
}
int sprintf(char* to, const char* format, ...) {
  PASS_ON(format, vsprintf(to, format, arguments));
}
int _vsnprintf(char* to, size_t room, const char* format, va_list arguments) {
  return COMMON(PRINTF_LEGACY_VSPRINTF_NULL_TERMINATION, to, room, format, 0, arguments);
}
int _snprintf(char* to, size_t room, const char* format, ...) {
  PASS_ON(format, _vsnprintf(to, room, format, arguments));
}
int _vscprintf(const char* format, va_list arguments) {
  return COMMON(PRINTF_STANDARD_SNPRINTF_BEHAVIOR, 0, 0, format, 0, arguments);
}
int _scprintf(const char* format, ...) {
  PASS_ON(format, _vscprintf(format, arguments));
}
int vsprintf_s(char* to, size_t room, const char* format, va_list arguments) {
  return COMMON_S(0, to, room, format, 0, arguments);
}
int sprintf_s(char* to, size_t room, const char* format, ...) {
  PASS_ON(format, vsprintf_s(to, room, format, arguments));
}
int _vsnprintf_s(char* to, size_t room, size_t most, const char* format, va_list arguments) {
  return COMMON_N_S(0, to, room, most, format, 0, arguments);
}
int _snprintf_s(char* to, size_t room, size_t most, const char* format, ...) {
  PASS_ON(format, _vsnprintf_s(to, room, most, format, arguments));
}
#endif
