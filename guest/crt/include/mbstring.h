#ifndef CRT_MBSTRING_H
#define CRT_MBSTRING_H

#include <corecrt.h>

CRT_BEGIN
int _getmbcp(void);
int _setmbcp(int code_page);
unsigned char* _mbsinc(const unsigned char* at);
unsigned char* _mbsdec(const unsigned char* start, const unsigned char* at);
unsigned char* _mbsninc(const unsigned char* text, size_t count);
unsigned _mbsnextc(const unsigned char* text);
unsigned char* _mbsspnp(const unsigned char* text, const unsigned char* set);
size_t _mbclen(const unsigned char* character);
int _ismbblead(unsigned c);
int _ismbcalpha(unsigned c);
unsigned _mbctoupper(unsigned c);
size_t _mbslen(const unsigned char* text);
unsigned char* _mbschr(const unsigned char* text, unsigned c);
unsigned char* _mbsrchr(const unsigned char* text, unsigned c);
unsigned char* _mbsstr(const unsigned char* text, const unsigned char* wanted);
int _mbscmp(const unsigned char* left, const unsigned char* right);
int _mbsicmp(const unsigned char* left, const unsigned char* right);
int _mbsnbcmp(const unsigned char* left, const unsigned char* right, size_t count);
unsigned char* _mbsnbcpy(unsigned char* to, const unsigned char* from, size_t count);
errno_t _mbscpy_s(unsigned char* to, size_t room, const unsigned char* from);
unsigned char* _mbsupr(unsigned char* text);
unsigned char* _mbstok(unsigned char* text, const unsigned char* delimiters);
CRT_END

#endif
