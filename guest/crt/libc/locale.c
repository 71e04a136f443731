/* The one locale that there is, "C" (documented under setlocale and localeconv). */
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

/* A locale that stands for itself: "C", or the user's, which is the same. */
struct _locale_struct {
  const char* name;
};
static struct _locale_struct c_locale = {"C"};

_locale_t _create_locale(int category, const char* name) {
  return name && setlocale(category, name) ? &c_locale : 0;
}
_locale_t _wcreate_locale(int category, const wchar_t* name) {
  return name && _wsetlocale(category, name) ? &c_locale : 0;
}
_locale_t _get_current_locale(void) {
  return &c_locale;
}
void _free_locale(_locale_t locale) {}

/* 0: "C" has no code page to collate by. */
unsigned ___lc_collate_cp_func(void) {
  return 0;
}
/* By category; null and 0 stand for "C". */
wchar_t** ___lc_locale_name_func(void) {
  static wchar_t* names[6];
  return names;
}
unsigned long* ___lc_handle_func(void) {
  static unsigned long handles[6];
  return handles;
}
void _lock_locales(void) {}
void _unlock_locales(void) {}
