/* Kinds of characters in the "C" locale, by the table that older programs read themselves. */
#include "crt.h"

#include <ctype.h>

#define BETWEEN(c, first, last) ((c) >= (first) && (c) <= (last))
#define IS_LETTER(c) (BETWEEN(c, 'A', 'Z') || BETWEEN(c, 'a', 'z'))
#define IS_DIGIT(c) BETWEEN(c, '0', '9')
#define IF(condition, kinds) ((condition) ? (kinds) : 0)
#define KINDS(c)                                                                             \
  (IF(BETWEEN(c, 'A', 'Z'), 0x100 | _UPPER) | IF(BETWEEN(c, 'a', 'z'), 0x100 | _LOWER) |     \
   IF(IS_DIGIT(c), _DIGIT | _HEX) | IF(BETWEEN(c, 'A', 'F') || BETWEEN(c, 'a', 'f'), _HEX) | \
   IF((c) == ' ' || BETWEEN(c, '\t', '\r'), _SPACE) | IF((c) == ' ', _BLANK) |               \
   IF((c) < ' ' || (c) == 0x7f, _CONTROL) |                                                  \
   IF(BETWEEN(c, '!', '~') && !IS_LETTER(c) && !IS_DIGIT(c), _PUNCT))
#define KINDS_4(c) KINDS(c), KINDS((c) + 1), KINDS((c) + 2), KINDS((c) + 3)
#define KINDS_16(c) KINDS_4(c), KINDS_4((c) + 4), KINDS_4((c) + 8), KINDS_4((c) + 12)
#define KINDS_64(c) KINDS_16(c), KINDS_16((c) + 16), KINDS_16((c) + 32), KINDS_16((c) + 48)

/* One entry for EOF, then one for each byte; those from 128 on are of no kind. */
unsigned short _ctype[257] = {0, KINDS_64(0), KINDS_64(64)};
const unsigned short* _pctype = _ctype + 1;
const unsigned short* _pwctype = _ctype + 1;
int __mb_cur_max = 1;

const unsigned short* __pctype_func(void) {
  return _pctype;
}
const unsigned short** __p__pctype(void) {
  return &_pctype;
}
const unsigned short** __p__pwctype(void) {
  return &_pwctype;
}
int ___mb_cur_max_func(void) {
  return __mb_cur_max;
}
int* __p___mb_cur_max(void) {
  return &__mb_cur_max;
}

int _isctype(int c, int mask) {
  return c >= -1 && c <= 0xff ? _pctype[c] & mask : 0;
}

#define KIND(name, mask)                     \
  int name(int c) {                          \
    return _isctype(c, mask);                \
  }                                          \
  int WIDE_##name(wint_t c) {                \
    return c < 0x80 ? _isctype(c, mask) : 0; \
  }
#define WIDE_isalpha iswalpha
#define WIDE_isupper iswupper
#define WIDE_islower iswlower
#define WIDE_isdigit iswdigit
#define WIDE_isxdigit iswxdigit
#define WIDE_isspace iswspace
#define WIDE_ispunct iswpunct
#define WIDE_isalnum iswalnum
#define WIDE_isprint iswprint
#define WIDE_isgraph iswgraph
#define WIDE_iscntrl iswcntrl

KIND(isalpha, _ALPHA)
KIND(isupper, _UPPER)
KIND(islower, _LOWER)
KIND(isdigit, _DIGIT)
KIND(isxdigit, _HEX)
KIND(isspace, _SPACE)
KIND(ispunct, _PUNCT)
KIND(isalnum, _ALPHA | _DIGIT)
KIND(isprint, _BLANK | _PUNCT | _ALPHA | _DIGIT)
KIND(isgraph, _PUNCT | _ALPHA | _DIGIT)
KIND(iscntrl, _CONTROL)

/* The one kind that the table cannot say: TAB is blank, but not printable. */
int isblank(int c) {
  return c == '\t' || c == ' ';
}
int iswblank(wint_t c) {
  return c == '\t' || c == ' ';
}

int toupper(int c) {
  return BETWEEN(c, 'a', 'z') ? c - ('a' - 'A') : c;
}
int tolower(int c) {
  return BETWEEN(c, 'A', 'Z') ? c + ('a' - 'A') : c;
}
/* Without looking whether there is something to change (documented). */
int _toupper(int c) {
  return c - ('a' - 'A');
}
int _tolower(int c) {
  return c + ('a' - 'A');
}
wint_t towupper(wint_t c) {
  return (wint_t)toupper(c);
}
wint_t towlower(wint_t c) {
  return (wint_t)tolower(c);
}

int __isascii(int c) {
  return (unsigned)c < 0x80;
}
int __toascii(int c) {
  return c & 0x7f;
}
int __iscsymf(int c) {
  return isalpha(c) || c == '_';
}
int __iscsym(int c) {
  return isalnum(c) || c == '_';
}
int iswascii(wint_t c) {
  return c < 0x80;
}
int iswctype(wint_t c, wctype_t mask) {
  return c < 0x80 ? _isctype(c, mask) : 0;
}
int is_wctype(wint_t c, wctype_t mask) {
  return iswctype(c, mask);
}

int __iswcsymf(wint_t c) {
  return iswalpha(c) || c == '_';
}
int __iswcsym(wint_t c) {
  return iswalnum(c) || c == '_';
}
/* No byte is the first of two. */
int isleadbyte(int c) {
  return 0;
}

static const struct {
  const char* name;
  wctype_t mask;
} kinds[] = {{"alnum", _ALPHA | _DIGIT},
             {"alpha", _ALPHA},
             {"cntrl", _CONTROL},
             {"digit", _DIGIT},
             {"graph", _PUNCT | _ALPHA | _DIGIT},
             {"lower", _LOWER},
             {"print", _BLANK | _PUNCT | _ALPHA | _DIGIT},
             {"punct", _PUNCT},
             {"space", _SPACE},
             {"upper", _UPPER},
             {"xdigit", _HEX}};
wctype_t wctype(const char* name) {
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; ++i) {
    if (strcmp(kinds[i].name, name) == 0) return kinds[i].mask;
  }
  return 0;
}
/* 0: to capitals, 1: to small letters. */
wctype_t wctrans(const char* name) {
  return strcmp(name, "tolower") == 0 ? 1 : 0;
}
wint_t towctrans(wint_t c, wctype_t how) {
  return how == 1 ? towlower(c) : towupper(c);
}
