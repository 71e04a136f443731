/* msvcrt's names of formatted input: what the UCRT's programs have in their own images
 * (startup/scanf_ucrt.c). */
#include "format.h"
#include "streams.h"

#if CRT_MSVCRT
int __stdio_common_vfscanf(uint64_t options, FILE* stream, const char* format, _locale_t locale,
                           va_list arguments);
int __stdio_common_vfwscanf(uint64_t options, FILE* stream, const wchar_t* format, _locale_t locale,
                            va_list arguments);
int __stdio_common_vsscanf(uint64_t options, const char* text, size_t length, const char* format,
                           _locale_t locale, va_list arguments);
int __stdio_common_vswscanf(uint64_t options, const wchar_t* text, size_t length,
                            const wchar_t* format, _locale_t locale, va_list arguments);

#define ALL ((size_t)-1)

/* From standard input, a stream, a string, and at most `length` characters of a string. */
#define FORMS(character, options, from_stream, from_text, input, f, s, sn)     \
  int input(const character* format, ...) {                                    \
    PASS_ON(format, from_stream(options, stdin, format, 0, arguments));        \
  }                                                                            \
  int f(FILE* stream, const character* format, ...) {                          \
    PASS_ON(format, from_stream(options, stream, format, 0, arguments));       \
  }                                                                            \
  int s(const character* text, const character* format, ...) {                 \
    PASS_ON(format, from_text(options, text, ALL, format, 0, arguments));      \
  }                                                                            \
  int sn(const character* text, size_t length, const character* format, ...) { \
    PASS_ON(format, from_text(options, text, length, format, 0, arguments));   \
  }
#define FORMS_L(character, options, from_stream, from_text, input, f, s, sn)                     \
  int input(const character* format, _locale_t locale, ...) {                                    \
    PASS_ON(locale, from_stream(options, stdin, format, locale, arguments));                     \
  }                                                                                              \
  int f(FILE* stream, const character* format, _locale_t locale, ...) {                          \
    PASS_ON(locale, from_stream(options, stream, format, locale, arguments));                    \
  }                                                                                              \
  int s(const character* text, const character* format, _locale_t locale, ...) {                 \
    PASS_ON(locale, from_text(options, text, ALL, format, locale, arguments));                   \
  }                                                                                              \
  int sn(const character* text, size_t length, const character* format, _locale_t locale, ...) { \
    PASS_ON(locale, from_text(options, text, length, format, locale, arguments));                \
  }
#define NARROW __stdio_common_vfscanf, __stdio_common_vsscanf
#define WIDE __stdio_common_vfwscanf, __stdio_common_vswscanf
#define APPLY(forms, ...) forms(__VA_ARGS__)

APPLY(FORMS, char, 0, NARROW, scanf, fscanf, sscanf, _snscanf)
APPLY(FORMS, char, SCANF_SECURECRT, NARROW, scanf_s, fscanf_s, sscanf_s, _snscanf_s)
APPLY(FORMS, wchar_t, 0, WIDE, wscanf, fwscanf, swscanf, _snwscanf)
APPLY(FORMS, wchar_t, SCANF_SECURECRT, WIDE, wscanf_s, fwscanf_s, swscanf_s, _snwscanf_s)
APPLY(FORMS_L, char, 0, NARROW, _scanf_l, _fscanf_l, _sscanf_l, _snscanf_l)
APPLY(FORMS_L, char, SCANF_SECURECRT, NARROW, _scanf_s_l, _fscanf_s_l, _sscanf_s_l, _snscanf_s_l)
APPLY(FORMS_L, wchar_t, 0, WIDE, _wscanf_l, _fwscanf_l, _swscanf_l, _snwscanf_l)
APPLY(FORMS_L, wchar_t, SCANF_SECURECRT, WIDE, _wscanf_s_l, _fwscanf_s_l, _swscanf_s_l,
      _snwscanf_s_l)
#endif
