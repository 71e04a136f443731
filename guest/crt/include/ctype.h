#ifndef CRT_CTYPE_H
#define CRT_CTYPE_H

#include <corecrt.h>

#define _UPPER 0x01
#define _LOWER 0x02
#define _DIGIT 0x04
#define _SPACE 0x08
#define _PUNCT 0x10
#define _CONTROL 0x20
#define _BLANK 0x40
#define _HEX 0x80
#define _ALPHA (0x100 | _UPPER | _LOWER)

CRT_BEGIN
int isalpha(int c);
int isupper(int c);
int islower(int c);
int isdigit(int c);
int isxdigit(int c);
int isspace(int c);
int ispunct(int c);
int isalnum(int c);
int isprint(int c);
int isgraph(int c);
int iscntrl(int c);
int isblank(int c);
int toupper(int c);
int tolower(int c);
int _toupper(int c);
int _tolower(int c);
int __isascii(int c);
int __toascii(int c);
int __iscsym(int c);
int __iscsymf(int c);
int _isctype(int c, int mask);
CRT_END
#include <wctype.h>

#endif
