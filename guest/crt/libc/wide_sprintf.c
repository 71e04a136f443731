/* Formatted output into wide strings. */
#include <stdio.h>
#include "crt.h"
#include "format.h"

#define CHAR wchar_t
#define FORMAT crt_wide_format
#define COMMON __stdio_common_vswprintf
#define COMMON_S __stdio_common_vswprintf_s
#define COMMON_N_S __stdio_common_vsnwprintf_s
#include "sprintf.inc"

#if CRT_MSVCRT
/* The form from before C99, without a size. */
int vswprintf(wchar_t* to, const wchar_t* format, va_list arguments) {
  return COMMON(PRINTF_LEGACY_VSPRINTF_NULL_TERMINATION, to, (size_t)-1, format, 0, arguments);
}
int swprintf(wchar_t* to, const wchar_t* format, ...) {
  PASS_ON(format, vswprintf(to, format, arguments));
}
int _vsnwprintf(wchar_t* to, size_t room, const wchar_t* format, va_list arguments) {
  return COMMON(PRINTF_LEGACY_VSPRINTF_NULL_TERMINATION, to, room, format, 0, arguments);
}
int _snwprintf(wchar_t* to, size_t room, const wchar_t* format, ...) {
  PASS_ON(format, _vsnwprintf(to, room, format, arguments));
}
int _vscwprintf(const wchar_t* format, va_list arguments) {
  return COMMON(PRINTF_STANDARD_SNPRINTF_BEHAVIOR, 0, 0, format, 0, arguments);
}
int _scwprintf(const wchar_t* format, ...) {
  PASS_ON(format, _vscwprintf(format, arguments));
}
#endif
