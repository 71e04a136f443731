/* What clang calls without being asked: copying, filling and comparing memory. */
#include <stddef.h>

void* memcpy(void* restrict to, const void* restrict from, size_t bytes) {
  unsigned char* target = to;
  const unsigned char* source = from;
  while (bytes-- > 0) *target++ = *source++;
  return to;
}

void* memmove(void* to, const void* from, size_t bytes) {
  unsigned char* target = to;
  const unsigned char* source = from;
  if (target <= source) {
    while (bytes-- > 0) *target++ = *source++;
  } else {
    while (bytes-- > 0) target[bytes] = source[bytes];
  }
  return to;
}

void* memset(void* to, int value, size_t bytes) {
  unsigned char* target = to;
  while (bytes-- > 0) *target++ = (unsigned char)value;
  return to;
}

int memcmp(const void* left, const void* right, size_t bytes) {
  const unsigned char *a = left, *b = right;
  for (; bytes > 0; --bytes, ++a, ++b) {
    if (*a != *b) return *a < *b ? -1 : 1;
  }
  return 0;
}

size_t strlen(const char* text) {
  size_t length = 0;
  while (text[length]) ++length;
  return length;
}
