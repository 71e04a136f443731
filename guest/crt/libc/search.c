/* Searching in memory and strings: the functions that compilers count as their own, which
 * vcruntime140 exports too. */
#include <stddef.h>

void* memchr(const void* memory, int byte, size_t count) {
  const unsigned char* at = memory;
  for (; count > 0; --count, ++at) {
    if (*at == (unsigned char)byte) return (void*)at;
  }
  return 0;
}

char* strchr(const char* text, int character) {
  for (;; ++text) {
    if (*text == (char)character) return (char*)text;
    if (!*text) return 0;
  }
}

char* strrchr(const char* text, int character) {
  const char* last = 0;
  for (;; ++text) {
    if (*text == (char)character) last = text;
    if (!*text) return (char*)last;
  }
}

char* strstr(const char* text, const char* wanted) {
  for (;; ++text) {
    size_t i = 0;
    while (wanted[i] && text[i] == wanted[i]) ++i;
    if (!wanted[i]) return (char*)text;
    if (!*text) return 0;
  }
}

wchar_t* wcschr(const wchar_t* text, wchar_t character) {
  for (;; ++text) {
    if (*text == character) return (wchar_t*)text;
    if (!*text) return 0;
  }
}

wchar_t* wcsrchr(const wchar_t* text, wchar_t character) {
  const wchar_t* last = 0;
  for (;; ++text) {
    if (*text == character) last = text;
    if (!*text) return (wchar_t*)last;
  }
}

wchar_t* wcsstr(const wchar_t* text, const wchar_t* wanted) {
  for (;; ++text) {
    size_t i = 0;
    while (wanted[i] && text[i] == wanted[i]) ++i;
    if (!wanted[i]) return (wchar_t*)text;
    if (!*text) return 0;
  }
}
