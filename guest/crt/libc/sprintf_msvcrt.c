/* msvcrt's names of formatted output into memory: what the UCRT's programs have in their own images
 * (startup/printf_ucrt.c). */
#include "crt.h"
#include "format.h"

#if CRT_MSVCRT
#define OLD PRINTF_LEGACY_VSPRINTF_NULL_TERMINATION
#define COUNT PRINTF_STANDARD_SNPRINTF_BEHAVIOR
#define NO_ROOM_GIVEN ((size_t)-1)

/* One function with ... and with a va_list; TAKEN are its parameters before the format. */
#define FORMS(character, name, v_name, call, ...)                      \
  int v_name(__VA_ARGS__ const character* format, va_list arguments) { \
    const _locale_t locale = 0;                                        \
    return call;                                                       \
  }                                                                    \
  int name(__VA_ARGS__ const character* format, ...) {                 \
    const _locale_t locale = 0;                                        \
    PASS_ON(format, call);                                             \
  }
#define FORMS_L(character, name, v_name, call, ...)                                      \
  int v_name(__VA_ARGS__ const character* format, _locale_t locale, va_list arguments) { \
    return call;                                                                         \
  }                                                                                      \
  int name(__VA_ARGS__ const character* format, _locale_t locale, ...) {                 \
    PASS_ON(locale, call);                                                               \
  }
#define BOTH(character, name, v_name, call, ...)    \
  FORMS(character, name, v_name, call, __VA_ARGS__) \
  FORMS_L(character, name##_l, v_name##_l, call, __VA_ARGS__)
#define C
#define INTO(character) character *to, size_t room,

/* char */
#define NARROW(options, to, room) \
  __stdio_common_vsprintf(options, to, room, format, locale, arguments)
FORMS(char, sprintf, vsprintf, NARROW(OLD, to, NO_ROOM_GIVEN), char* to, )
FORMS_L(char, _sprintf_l, _vsprintf_l, NARROW(OLD, to, NO_ROOM_GIVEN), char* to, )
BOTH(char, _snprintf, _vsnprintf, NARROW(OLD, to, room), INTO(char))
BOTH(char, _snprintf_c, _vsnprintf_c, NARROW(0, to, room), INTO(char))
BOTH(char, _scprintf, _vscprintf, NARROW(COUNT, 0, 0), )
BOTH(char, _scprintf_p, _vscprintf_p, NARROW(COUNT | PRINTF_POSITIONS, 0, 0), )
#define SAFE __stdio_common_vsprintf_s(0, to, room, format, locale, arguments)
FORMS(char, sprintf_s, vsprintf_s, SAFE, INTO(char))
FORMS_L(char, _sprintf_s_l, _vsprintf_s_l, SAFE, INTO(char))
#define SAFE_N __stdio_common_vsnprintf_s(0, to, room, most, format, locale, arguments)
BOTH(char, _snprintf_s, _vsnprintf_s, SAFE_N, INTO(char) size_t most, )
#define POSITIONS __stdio_common_vsprintf_p(0, to, room, format, locale, arguments)
BOTH(char, _sprintf_p, _vsprintf_p, POSITIONS, INTO(char))

/* wchar_t */
#define WIDE(options, to, room) \
  __stdio_common_vswprintf(options, to, room, format, locale, arguments)
FORMS(wchar_t, swprintf, vswprintf, WIDE(OLD, to, NO_ROOM_GIVEN), wchar_t* to, )
BOTH(wchar_t, _swprintf, _vswprintf, WIDE(OLD, to, NO_ROOM_GIVEN), wchar_t* to, )
BOTH(wchar_t, _snwprintf, _vsnwprintf, WIDE(OLD, to, room), INTO(wchar_t))
BOTH(wchar_t, _swprintf_c, _vswprintf_c, WIDE(0, to, room), INTO(wchar_t))
BOTH(wchar_t, _scwprintf, _vscwprintf, WIDE(COUNT, 0, 0), )
BOTH(wchar_t, _scwprintf_p, _vscwprintf_p, WIDE(COUNT | PRINTF_POSITIONS, 0, 0), )
#define WIDE_SAFE __stdio_common_vswprintf_s(0, to, room, format, locale, arguments)
FORMS(wchar_t, swprintf_s, vswprintf_s, WIDE_SAFE, INTO(wchar_t))
FORMS_L(wchar_t, _swprintf_s_l, _vswprintf_s_l, WIDE_SAFE, INTO(wchar_t))
#define WIDE_SAFE_N __stdio_common_vsnwprintf_s(0, to, room, most, format, locale, arguments)
BOTH(wchar_t, _snwprintf_s, _vsnwprintf_s, WIDE_SAFE_N, INTO(wchar_t) size_t most, )
#define WIDE_POSITIONS __stdio_common_vswprintf_p(0, to, room, format, locale, arguments)
BOTH(wchar_t, _swprintf_p, _vswprintf_p, WIDE_POSITIONS, INTO(wchar_t))
#endif
