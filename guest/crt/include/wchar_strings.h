/* The wide strings of <string.h> and <wchar.h>. */
#ifndef CRT_WCHAR_STRINGS_H
#define CRT_WCHAR_STRINGS_H

#include <corecrt.h>

CRT_BEGIN
wchar_t* wcscpy(wchar_t* to, const wchar_t* from);
wchar_t* wcsncpy(wchar_t* to, const wchar_t* from, size_t count);
wchar_t* wcscat(wchar_t* to, const wchar_t* from);
wchar_t* wcsncat(wchar_t* to, const wchar_t* from, size_t count);
int wcscmp(const wchar_t* left, const wchar_t* right);
int wcsncmp(const wchar_t* left, const wchar_t* right, size_t count);
int wcscoll(const wchar_t* left, const wchar_t* right);
size_t wcsxfrm(wchar_t* to, const wchar_t* from, size_t room);
wchar_t* wcschr(const wchar_t* text, wchar_t character);
wchar_t* wcsrchr(const wchar_t* text, wchar_t character);
wchar_t* wcsstr(const wchar_t* text, const wchar_t* wanted);
wchar_t* wcspbrk(const wchar_t* text, const wchar_t* wanted);
size_t wcsspn(const wchar_t* text, const wchar_t* accepted);
size_t wcscspn(const wchar_t* text, const wchar_t* refused);
size_t wcslen(const wchar_t* text);
size_t wcsnlen(const wchar_t* text, size_t most);
wchar_t* wcstok_s(wchar_t* text, const wchar_t* delimiters, wchar_t** next);
wchar_t* _wcsdup(const wchar_t* text);
int _wcsicmp(const wchar_t* left, const wchar_t* right);
int _wcsnicmp(const wchar_t* left, const wchar_t* right, size_t count);
int _wcsicoll(const wchar_t* left, const wchar_t* right);
wchar_t* _wcsrev(wchar_t* text);
wchar_t* _wcsset(wchar_t* text, wchar_t c);
wchar_t* _wcsnset(wchar_t* text, wchar_t c, size_t count);
wchar_t* _wcslwr(wchar_t* text);
wchar_t* _wcsupr(wchar_t* text);
errno_t _wcsset_s(wchar_t* text, size_t room, wchar_t c);
errno_t _wcsnset_s(wchar_t* text, size_t room, wchar_t c, size_t count);
errno_t _wcslwr_s(wchar_t* text, size_t room);
errno_t _wcsupr_s(wchar_t* text, size_t room);
errno_t wmemcpy_s(wchar_t* to, size_t room, const wchar_t* from, size_t count);
errno_t wmemmove_s(wchar_t* to, size_t room, const wchar_t* from, size_t count);
errno_t wcscpy_s(wchar_t* to, size_t room, const wchar_t* from);
errno_t wcsncpy_s(wchar_t* to, size_t room, const wchar_t* from, size_t count);
errno_t wcscat_s(wchar_t* to, size_t room, const wchar_t* from);
errno_t wcsncat_s(wchar_t* to, size_t room, const wchar_t* from, size_t count);
CRT_END

#endif
