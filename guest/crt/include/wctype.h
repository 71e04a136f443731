#ifndef CRT_WCTYPE_H
#define CRT_WCTYPE_H

#include <corecrt.h>

CRT_BEGIN
int iswalpha(wint_t c);
int iswupper(wint_t c);
int iswlower(wint_t c);
int iswdigit(wint_t c);
int iswxdigit(wint_t c);
int iswspace(wint_t c);
int iswpunct(wint_t c);
int iswalnum(wint_t c);
int iswprint(wint_t c);
int iswgraph(wint_t c);
int iswcntrl(wint_t c);
int iswblank(wint_t c);
int iswascii(wint_t c);
int iswctype(wint_t c, wctype_t mask);
wint_t towupper(wint_t c);
wint_t towlower(wint_t c);
CRT_END

#endif
