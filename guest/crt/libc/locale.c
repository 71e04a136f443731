/* The one locale that there is, "C", and its conversions: a byte is the character of its number
 * (documented under setlocale and mbstowcs). */
#include "crt.h"

#include <locale.h>

static struct lconv conventions = {.decimal_point = ".",
                                   .thousands_sep = "",
                                   .grouping = "",
                                   .int_curr_symbol = "",
                                   .currency_symbol = "",
                                   .mon_decimal_point = "",
                                   .mon_thousands_sep = "",
                                   .mon_grouping = "",
                                   .positive_sign = "",
                                   .negative_sign = "",
                                   .int_frac_digits = CHAR_MAX,
                                   .frac_digits = CHAR_MAX,
                                   .p_cs_precedes = CHAR_MAX,
                                   .p_sep_by_space = CHAR_MAX,
                                   .n_cs_precedes = CHAR_MAX,
                                   .n_sep_by_space = CHAR_MAX,
                                   .p_sign_posn = CHAR_MAX,
                                   .n_sign_posn = CHAR_MAX,
                                   ._W_decimal_point = L".",
                                   ._W_thousands_sep = L"",
                                   ._W_int_curr_symbol = L"",
                                   ._W_currency_symbol = L"",
                                   ._W_mon_decimal_point = L"",
                                   ._W_mon_thousands_sep = L"",
                                   ._W_positive_sign = L"",
                                   ._W_negative_sign = L""};

struct lconv* localeconv(void) {
  return &conventions;
}

/* "" asks for the user's locale, which is "C" too; any other is not to be had. */
char* setlocale(int category, const char* locale) {
  if (category < LC_ALL || category > LC_TIME) {
    crt_invalid_parameter();
    return 0;
  }
  return !locale || !*locale || strcmp(locale, "C") == 0 ? "C" : 0;
}
wchar_t* _wsetlocale(int category, const wchar_t* locale) {
  if (category < LC_ALL || category > LC_TIME) {
    crt_invalid_parameter();
    return 0;
  }
  return !locale || !*locale || wcscmp(locale, L"C") == 0 ? L"C" : 0;
}

unsigned ___lc_codepage_func(void) {
  return 0;
}

int mblen(const char* text, size_t count) {
  return !text || !*text ? 0 : count == 0 ? -1 : 1;
}
int mbtowc(wchar_t* to, const char* text, size_t count) {
  if (!text || count == 0) return 0;
  if (to) *to = (unsigned char)*text;
  return *text != 0;
}
int wctomb(char* to, wchar_t c) {
  if (!to) return 0;
  if (c > 0xff) {
    errno = EILSEQ;
    return -1;
  }
  *to = (char)c;
  return 1;
}
size_t mbstowcs(wchar_t* to, const char* text, size_t count) {
  if (!to) return strlen(text);
  size_t i = 0;
  for (; i < count; ++i) {
    to[i] = (unsigned char)text[i];
    if (!text[i]) break;
  }
  return i;
}
size_t wcstombs(char* to, const wchar_t* text, size_t count) {
  size_t i = 0;
  for (; (!to || i < count); ++i) {
    if (text[i] > 0xff) {
      errno = EILSEQ;
      return (size_t)-1;
    }
    if (to) to[i] = (char)text[i];
    if (!text[i]) break;
  }
  return i;
}

/* `converted`: with the terminating zero. */
errno_t mbstowcs_s(size_t* converted, wchar_t* to, size_t room, const char* text, size_t count) {
  const size_t length = strlen(text) < count ? strlen(text) : count;
  if (converted) *converted = length + 1;
  if (!to) return 0;
  if (length >= room && count != _TRUNCATE) {
    if (room > 0) to[0] = 0;
    crt_invalid_parameter();
    return errno = ERANGE;
  }
  const size_t kept = length < room ? length : room - 1;
  mbstowcs(to, text, kept);
  to[kept] = 0;
  return kept == length ? 0 : STRUNCATE;
}
errno_t wcstombs_s(size_t* converted, char* to, size_t room, const wchar_t* text, size_t count) {
  const size_t length = wcslen(text) < count ? wcslen(text) : count;
  if (converted) *converted = length + 1;
  if (!to) return 0;
  if (length >= room && count != _TRUNCATE) {
    if (room > 0) to[0] = 0;
    crt_invalid_parameter();
    return errno = ERANGE;
  }
  const size_t kept = length < room ? length : room - 1;
  if (wcstombs(to, text, kept) == (size_t)-1) {
    to[0] = 0;
    return EILSEQ;
  }
  to[kept] = 0;
  return kept == length ? 0 : STRUNCATE;
}

wint_t btowc(int c) {
  return c >= 0 && c <= 0xff ? (wint_t)c : WEOF;
}
int wctob(wint_t c) {
  return c <= 0xff ? c : -1;
}
size_t mbrtowc(wchar_t* to, const char* text, size_t count, mbstate_t* state) {
  if (!text) return 0;
  if (count == 0) return (size_t)-2;
  if (to) *to = (unsigned char)*text;
  return *text != 0;
}
size_t mbrlen(const char* text, size_t count, mbstate_t* state) {
  return mbrtowc(0, text, count, state);
}
size_t wcrtomb(char* to, wchar_t c, mbstate_t* state) {
  return to ? (size_t)wctomb(to, c) : 1;
}
