/* Strings of multibyte characters where none has two bytes, as in the lab's code page (documented
 * under _mbsinc, _ismbblead, _mbbtype, _setmbcp). Most functions are those of plain strings under
 * another name: exports/common/multibyte.txt. */
#include <ctype.h>
#include <mbstring.h>

#include "crt.h"

/* For EOF and each byte: is it a capital or small letter? Nothing begins two bytes. */
#define SINGLE_UPPER 0x10
#define SINGLE_LOWER 0x20
unsigned char _mbctype[257];
/* What each letter becomes in the other case. */
unsigned char _mbcasemap[256];

void crt_make_multibyte(void) {
  for (int c = 'a'; c <= 'z'; ++c) {
    const int capital = c - ('a' - 'A');
    _mbctype[c + 1] = SINGLE_LOWER;
    _mbctype[capital + 1] = SINGLE_UPPER;
    _mbcasemap[c] = (unsigned char)capital;
    _mbcasemap[capital] = (unsigned char)c;
  }
}
unsigned char* __p__mbctype(void) {
  return _mbctype;
}
unsigned char* __p__mbcasemap(void) {
  return _mbcasemap;
}

/* Documented: 0 stands for every code page whose characters have one byte. */
int _getmbcp(void) {
  return 0;
}
int _setmbcp(int code_page) {
  const int known = code_page == 1252 || code_page == 437 || (code_page <= 0 && code_page >= -4);
  if (known && code_page != -1) return 0;
  errno = EINVAL;
  return -1;
}

unsigned char* _mbsinc(const unsigned char* at) {
  return (unsigned char*)at + 1;
}
unsigned char* _mbsdec(const unsigned char* start, const unsigned char* at) {
  return at > start ? (unsigned char*)at - 1 : 0;
}
unsigned char* _mbsninc(const unsigned char* text, size_t count) {
  return text ? (unsigned char*)text + strnlen((const char*)text, count) : 0;
}
unsigned _mbsnextc(const unsigned char* text) {
  return *text;
}
/* Where the first character is that is not in the set; null: there is none. */
unsigned char* _mbsspnp(const unsigned char* text, const unsigned char* set) {
  text += strspn((const char*)text, (const char*)set);
  return *text ? (unsigned char*)text : 0;
}
size_t _mbclen(const unsigned char* character) {
  return 1;
}
void _mbccpy(unsigned char* to, const unsigned char* from) {
  *to = *from;
}
errno_t _mbccpy_s(unsigned char* to, size_t room, int* copied, const unsigned char* from) {
  if (copied) *copied = 0;
  if (!to || room == 0 || !from) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *to = *from;
  if (copied) *copied = 1;
  return 0;
}

/* _MBC_SINGLE 0, _MBC_ILLEGAL -1 */
int _mbbtype(unsigned char c, int before) {
  return 0;
}
int _mbsbtype(const unsigned char* text, size_t at) {
  return strnlen((const char*)text, at + 1) > at ? 0 : -1;
}

/* No byte is the first or the second of two, and no character Japanese. */
#define NEVER(name)      \
  int name(unsigned c) { \
    return 0;            \
  }
NEVER(_ismbblead)
NEVER(_ismbbtrail)
NEVER(_ismbbkalnum)
NEVER(_ismbbkana)
NEVER(_ismbbkprint)
NEVER(_ismbbkpunct)
NEVER(_ismbchira)
NEVER(_ismbckata)
NEVER(_ismbcl0)
NEVER(_ismbcl1)
NEVER(_ismbcl2)
NEVER(_ismbclegal)
NEVER(_ismbcsymbol)
int _ismbslead(const unsigned char* text, const unsigned char* at) {
  return 0;
}
int _ismbstrail(const unsigned char* text, const unsigned char* at) {
  return 0;
}

/* Of one byte as it is. */
#define SAME(name)            \
  unsigned name(unsigned c) { \
    return c;                 \
  }
SAME(_mbbtombc)
SAME(_mbctombb)
SAME(_mbctohira)
SAME(_mbctokata)

#define KIND(byte_name, character_name, is) \
  int byte_name(unsigned c) {               \
    return c <= 0xff ? is((int)c) : 0;      \
  }                                         \
  int character_name(unsigned c) {          \
    return c <= 0xff ? is((int)c) : 0;      \
  }
KIND(_ismbbalnum, _ismbcalnum, isalnum)
KIND(_ismbbalpha, _ismbcalpha, isalpha)
KIND(_ismbbblank, _ismbcblank, isblank)
KIND(_ismbbgraph, _ismbcgraph, isgraph)
KIND(_ismbbprint, _ismbcprint, isprint)
KIND(_ismbbpunct, _ismbcpunct, ispunct)
#define CHARACTER_KIND(name, is)       \
  int name(unsigned c) {               \
    return c <= 0xff ? is((int)c) : 0; \
  }
CHARACTER_KIND(_ismbcdigit, isdigit)
CHARACTER_KIND(_ismbclower, islower)
CHARACTER_KIND(_ismbcspace, isspace)
CHARACTER_KIND(_ismbcupper, isupper)
unsigned _mbctolower(unsigned c) {
  return c <= 0xff ? (unsigned)tolower((int)c) : c;
}
unsigned _mbctoupper(unsigned c) {
  return c <= 0xff ? (unsigned)toupper((int)c) : c;
}
