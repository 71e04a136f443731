#ifndef CRT_CONIO_H
#define CRT_CONIO_H

#include <corecrt.h>

CRT_BEGIN
int _putch(int c);
int _cputs(const char* text);
int _getch(void);
int _getche(void);
int _ungetch(int c);
int _kbhit(void);
wint_t _putwch(wchar_t c);
int _cputws(const wchar_t* text);
wint_t _getwch(void);
#if CRT_MSVCRT
int _cprintf(const char* format, ...);
#endif
CRT_END

#endif
