#ifndef CRT_WCHAR_H
#define CRT_WCHAR_H

#include <corecrt.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <wchar_strings.h>

#ifndef WEOF
#define WEOF ((wint_t)0xffff)
#endif

typedef struct {
  unsigned long _Wchar;
  unsigned short _Byte, _State;
} mbstate_t;

CRT_BEGIN
wint_t btowc(int c);
int wctob(wint_t c);
size_t mbrlen(const char* text, size_t count, mbstate_t* state);
size_t mbrtowc(wchar_t* to, const char* text, size_t count, mbstate_t* state);
size_t wcrtomb(char* to, wchar_t c, mbstate_t* state);
size_t mbsrtowcs(wchar_t* to, const char** text, size_t count, mbstate_t* state);
size_t wcsrtombs(char* to, const wchar_t** text, size_t count, mbstate_t* state);
CRT_END

static inline wchar_t* wmemcpy(wchar_t* to, const wchar_t* from, size_t count) {
  return (wchar_t*)__builtin_memcpy(to, from, 2 * count);
}
static inline wchar_t* wmemset(wchar_t* to, wchar_t c, size_t count) {
  for (size_t i = 0; i < count; ++i) to[i] = c;
  return to;
}

#endif
