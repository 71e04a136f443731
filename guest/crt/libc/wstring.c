/* Wide strings: copying, comparing, spanning. */
#include "crt.h"

size_t wcslen(const wchar_t* text) {
  size_t length = 0;
  while (text[length]) ++length;
  return length;
}

size_t wcsnlen(const wchar_t* text, size_t most) {
  size_t length = 0;
  while (length < most && text[length]) ++length;
  return length;
}

wchar_t* wcscpy(wchar_t* to, const wchar_t* from) {
  wchar_t* at = to;
  while ((*at++ = *from++)) {
  }
  return to;
}

wchar_t* wcscat(wchar_t* to, const wchar_t* from) {
  wcscpy(to + wcslen(to), from);
  return to;
}

wchar_t* wcsncpy(wchar_t* to, const wchar_t* from, size_t count) {
  size_t i = 0;
  for (; i < count && from[i]; ++i) to[i] = from[i];
  for (; i < count; ++i) to[i] = 0;
  return to;
}

wchar_t* wcsncat(wchar_t* to, const wchar_t* from, size_t count) {
  wchar_t* at = to + wcslen(to);
  for (; count > 0 && *from; --count) *at++ = *from++;
  *at = 0;
  return to;
}

int wcsncmp(const wchar_t* left, const wchar_t* right, size_t count) {
  for (; count > 0; --count, ++left, ++right) {
    if (*left != *right) return *left < *right ? -1 : 1;
    if (!*left) return 0;
  }
  return 0;
}
int wcscmp(const wchar_t* left, const wchar_t* right) {
  return wcsncmp(left, right, (size_t)-1);
}
int wcscoll(const wchar_t* left, const wchar_t* right) {
  return wcscmp(left, right);
}

size_t wcsxfrm(wchar_t* to, const wchar_t* from, size_t room) {
  const size_t length = wcslen(from);
  if (length < room) wcscpy(to, from);
  return length;
}

/* In the "C" locale only the letters of ASCII have a case. */
static wchar_t lower(wchar_t c) {
  return (wchar_t)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

int _wcsnicmp(const wchar_t* left, const wchar_t* right, size_t count) {
  for (; count > 0; --count, ++left, ++right) {
    const wchar_t a = lower(*left), b = lower(*right);
    if (a != b) return a < b ? -1 : 1;
    if (!a) return 0;
  }
  return 0;
}
int _wcsicmp(const wchar_t* left, const wchar_t* right) {
  return _wcsnicmp(left, right, (size_t)-1);
}
int _wcsicoll(const wchar_t* left, const wchar_t* right) {
  return _wcsicmp(left, right);
}

size_t wcsspn(const wchar_t* text, const wchar_t* accepted) {
  size_t length = 0;
  while (text[length] && wcschr(accepted, text[length])) ++length;
  return length;
}

size_t wcscspn(const wchar_t* text, const wchar_t* refused) {
  size_t length = 0;
  while (text[length] && !wcschr(refused, text[length])) ++length;
  return length;
}

wchar_t* wcspbrk(const wchar_t* text, const wchar_t* wanted) {
  text += wcscspn(text, wanted);
  return *text ? (wchar_t*)text : 0;
}

wchar_t* wcstok_s(wchar_t* text, const wchar_t* delimiters, wchar_t** next) {
  if (!text) text = *next;
  if (!text) return 0;
  text += wcsspn(text, delimiters);
  if (!*text) {
    *next = text;
    return 0;
  }
  wchar_t* end = text + wcscspn(text, delimiters);
  *next = *end ? end + 1 : end;
  *end = 0;
  return text;
}

/* Before C95's third argument reached Microsoft (with the UCRT), the thread kept the place. */
#if CRT_MSVCRT
wchar_t* wcstok(wchar_t* text, const wchar_t* delimiters) {
  return wcstok_s(text, delimiters, &crt_thread()->wcstok_next);
}
#else
wchar_t* wcstok(wchar_t* text, const wchar_t* delimiters, wchar_t** next) {
  return wcstok_s(text, delimiters, next ? next : &crt_thread()->wcstok_next);
}
#endif

wchar_t* _wcsrev(wchar_t* text) {
  for (size_t i = 0, j = wcslen(text); i + 1 < j; ++i) {
    const wchar_t c = text[i];
    text[i] = text[--j];
    text[j] = c;
  }
  return text;
}

wchar_t* _wcsnset(wchar_t* text, wchar_t c, size_t count) {
  for (wchar_t* at = text; *at && count > 0; ++at, --count) *at = c;
  return text;
}
wchar_t* _wcsset(wchar_t* text, wchar_t c) {
  return _wcsnset(text, c, (size_t)-1);
}

wchar_t* _wcslwr(wchar_t* text) {
  for (wchar_t* at = text; *at; ++at) *at = lower(*at);
  return text;
}
wchar_t* _wcsupr(wchar_t* text) {
  for (wchar_t* at = text; *at; ++at) {
    if (*at >= 'a' && *at <= 'z') *at = (wchar_t)(*at - ('a' - 'A'));
  }
  return text;
}

wchar_t* _wcsdup(const wchar_t* text) {
  if (!text) return 0;
  const size_t bytes = (wcslen(text) + 1) * sizeof(wchar_t);
  wchar_t* copy = malloc(bytes);
  return copy ? memcpy(copy, text, bytes) : 0;
}
