/* msvcrt's names of formatted output to streams: what the UCRT's programs have in their own images
 * (startup/printf_ucrt.c). A locale (_l) is one that stands for "C". */
#include "format.h"
#include "streams.h"

#if CRT_MSVCRT
/* The four forms of one function: to a stream or to standard output, with ... or a va_list. */
#define FORMS(character, common, f, vf, p, vp)                       \
  int vf(FILE* stream, const character* format, va_list arguments) { \
    return common(0, stream, format, 0, arguments);                  \
  }                                                                  \
  int f(FILE* stream, const character* format, ...) {                \
    PASS_ON(format, common(0, stream, format, 0, arguments));        \
  }                                                                  \
  int vp(const character* format, va_list arguments) {               \
    return common(0, stdout, format, 0, arguments);                  \
  }                                                                  \
  int p(const character* format, ...) {                              \
    PASS_ON(format, common(0, stdout, format, 0, arguments));        \
  }
#define FORMS_L(character, common, f, vf, p, vp)                                       \
  int vf(FILE* stream, const character* format, _locale_t locale, va_list arguments) { \
    return common(0, stream, format, locale, arguments);                               \
  }                                                                                    \
  int f(FILE* stream, const character* format, _locale_t locale, ...) {                \
    PASS_ON(locale, common(0, stream, format, locale, arguments));                     \
  }                                                                                    \
  int vp(const character* format, _locale_t locale, va_list arguments) {               \
    return common(0, stdout, format, locale, arguments);                               \
  }                                                                                    \
  int p(const character* format, _locale_t locale, ...) {                              \
    PASS_ON(locale, common(0, stdout, format, locale, arguments));                     \
  }

FORMS(char, __stdio_common_vfprintf, fprintf, vfprintf, printf, vprintf)
FORMS(char, __stdio_common_vfprintf_s, fprintf_s, vfprintf_s, printf_s, vprintf_s)
FORMS(char, __stdio_common_vfprintf_p, _fprintf_p, _vfprintf_p, _printf_p, _vprintf_p)
FORMS(wchar_t, __stdio_common_vfwprintf, fwprintf, vfwprintf, wprintf, vwprintf)
FORMS(wchar_t, __stdio_common_vfwprintf_s, fwprintf_s, vfwprintf_s, wprintf_s, vwprintf_s)
FORMS(wchar_t, __stdio_common_vfwprintf_p, _fwprintf_p, _vfwprintf_p, _wprintf_p, _vwprintf_p)
FORMS_L(char, __stdio_common_vfprintf, _fprintf_l, _vfprintf_l, _printf_l, _vprintf_l)
FORMS_L(char, __stdio_common_vfprintf_s, _fprintf_s_l, _vfprintf_s_l, _printf_s_l, _vprintf_s_l)
FORMS_L(char, __stdio_common_vfprintf_p, _fprintf_p_l, _vfprintf_p_l, _printf_p_l, _vprintf_p_l)
FORMS_L(wchar_t, __stdio_common_vfwprintf, _fwprintf_l, _vfwprintf_l, _wprintf_l, _vwprintf_l)
FORMS_L(wchar_t, __stdio_common_vfwprintf_s, _fwprintf_s_l, _vfwprintf_s_l, _wprintf_s_l,
        _vwprintf_s_l)
FORMS_L(wchar_t, __stdio_common_vfwprintf_p, _fwprintf_p_l, _vfwprintf_p_l, _wprintf_p_l,
        _vwprintf_p_l)
#endif
