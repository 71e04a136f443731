/* Strings of bytes: copying, comparing, spanning. */
#include "crt.h"

char* strcpy(char* to, const char* from) {
  char* at = to;
  while ((*at++ = *from++)) {
  }
  return to;
}

char* strcat(char* to, const char* from) {
  strcpy(to + strlen(to), from);
  return to;
}

char* strncpy(char* to, const char* from, size_t count) {
  size_t i = 0;
  for (; i < count && from[i]; ++i) to[i] = from[i];
  for (; i < count; ++i) to[i] = 0;
  return to;
}

char* strncat(char* to, const char* from, size_t count) {
  char* at = to + strlen(to);
  for (; count > 0 && *from; --count) *at++ = *from++;
  *at = 0;
  return to;
}

int strcmp(const char* left, const char* right) {
  for (; *left && *left == *right; ++left, ++right) {
  }
  const unsigned char a = (unsigned char)*left, b = (unsigned char)*right;
  return a < b ? -1 : a > b;
}

int strncmp(const char* left, const char* right, size_t count) {
  for (; count > 0; --count, ++left, ++right) {
    const unsigned char a = (unsigned char)*left, b = (unsigned char)*right;
    if (a != b) return a < b ? -1 : 1;
    if (!a) return 0;
  }
  return 0;
}

/* In the "C" locale the collating order is strcmp's. */
int strcoll(const char* left, const char* right) {
  return strcmp(left, right);
}
int _strncoll(const char* left, const char* right, size_t count) {
  return strncmp(left, right, count);
}

size_t strxfrm(char* to, const char* from, size_t room) {
  const size_t length = strlen(from);
  if (length < room) strcpy(to, from);
  return length;
}

static unsigned char lower(char c) {
  return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

int _strnicmp(const char* left, const char* right, size_t count) {
  for (; count > 0; --count, ++left, ++right) {
    const unsigned char a = lower(*left), b = lower(*right);
    if (a != b) return a < b ? -1 : 1;
    if (!a) return 0;
  }
  return 0;
}
int _stricmp(const char* left, const char* right) {
  return _strnicmp(left, right, (size_t)-1);
}
int _strcmpi(const char* left, const char* right) {
  return _stricmp(left, right);
}
int _stricoll(const char* left, const char* right) {
  return _stricmp(left, right);
}
int _strnicoll(const char* left, const char* right, size_t count) {
  return _strnicmp(left, right, count);
}

int _memicmp(const void* left, const void* right, size_t count) {
  const char *a = left, *b = right;
  for (; count > 0; --count, ++a, ++b) {
    if (lower(*a) != lower(*b)) return lower(*a) < lower(*b) ? -1 : 1;
  }
  return 0;
}

void* _memccpy(void* to, const void* from, int stop, size_t count) {
  unsigned char* target = to;
  const unsigned char* source = from;
  for (; count > 0; --count) {
    if ((*target++ = *source++) == (unsigned char)stop) return target;
  }
  return 0;
}

size_t strspn(const char* text, const char* accepted) {
  size_t length = 0;
  while (text[length] && strchr(accepted, text[length])) ++length;
  return length;
}

size_t strcspn(const char* text, const char* refused) {
  size_t length = 0;
  while (text[length] && !strchr(refused, text[length])) ++length;
  return length;
}

char* strpbrk(const char* text, const char* wanted) {
  text += strcspn(text, wanted);
  return *text ? (char*)text : 0;
}

size_t strnlen(const char* text, size_t most) {
  size_t length = 0;
  while (length < most && text[length]) ++length;
  return length;
}

char* strtok_s(char* text, const char* delimiters, char** next) {
  if (!text) text = *next;
  if (!text) return 0;
  text += strspn(text, delimiters);
  if (!*text) {
    *next = text;
    return 0;
  }
  char* end = text + strcspn(text, delimiters);
  *next = *end ? end + 1 : end;
  *end = 0;
  return text;
}

char* strtok(char* text, const char* delimiters) {
  return strtok_s(text, delimiters, &crt_thread()->strtok_next);
}

char* _strrev(char* text) {
  for (size_t i = 0, j = strlen(text); i + 1 < j; ++i) {
    const char c = text[i];
    text[i] = text[--j];
    text[j] = c;
  }
  return text;
}

char* _strset(char* text, int c) {
  for (char* at = text; *at; ++at) *at = (char)c;
  return text;
}

char* _strnset(char* text, int c, size_t count) {
  for (char* at = text; *at && count > 0; ++at, --count) *at = (char)c;
  return text;
}

char* _strlwr(char* text) {
  for (char* at = text; *at; ++at) *at = (char)lower(*at);
  return text;
}

char* _strupr(char* text) {
  for (char* at = text; *at; ++at) {
    if (*at >= 'a' && *at <= 'z') *at = (char)(*at - ('a' - 'A'));
  }
  return text;
}

char* _strdup(const char* text) {
  if (!text) return 0;
  const size_t bytes = strlen(text) + 1;
  char* copy = malloc(bytes);
  return copy ? memcpy(copy, text, bytes) : 0;
}
