/* Text: what the runtime and the tests print (print.c, string.goc). */
#include "go/runtime.h"

uint32 findnull(const char* s) {
  uint32 n = 0;
  while (s[n] != 0) n++;
  return n;
}

int32 streq(const char* a, const char* b) {
  while (*a != 0 && *a == *b) a++, b++;
  return *a == *b;
}

/* Where formatted text goes, as much as fits; n counts all of it. */
typedef struct Out Out;
struct Out {
  char* p;
  uint32 size;
  uint32 n;
};

static void putch(Out* o, char c) {
  if (o->n + 1 < o->size) o->p[o->n] = c;
  o->n++;
}

static void puts_(Out* o, const char* s) {
  while (*s != 0) putch(o, *s++);
}

static void putnumber(Out* o, uint32 v, uint32 base) {
  char digits[12];
  uint32 n = 0;
  do {
    digits[n++] = "0123456789abcdef"[v % base];
    v /= base;
  } while (v != 0);
  while (n > 0) putch(o, digits[--n]);
}

/* %s %d %u %x; %p and %#x are 0x and hexadecimal. */
uint32 vsnprintf(char* buffer, uint32 size, const char* f, __builtin_va_list args) {
  Out o = {buffer, size, 0};
  for (; *f != 0; f++) {
    uint32 v;
    if (*f != '%' || *++f == '%') {
      putch(&o, *f);
      continue;
    }
    v = __builtin_va_arg(args, uint32);
    if (*f == '#') {
      f++;
      puts_(&o, "0x");
    }
    switch (*f) {
      case 's':
        puts_(&o, (const char*)v);
        break;
      case 'd':
        if ((int32)v < 0) putch(&o, '-');
        putnumber(&o, (int32)v < 0 ? 0 - v : v, 10);
        break;
      case 'u':
        putnumber(&o, v, 10);
        break;
      case 'p':
        puts_(&o, "0x"); /* fall through */
      case 'x':
        putnumber(&o, v, 16);
        break;
      default:
        throw("printf: bad format");
    }
  }
  if (size > 0) buffer[o.n < size ? o.n : size - 1] = 0;
  return o.n;
}

uint32 snprintf(char* buffer, uint32 size, const char* format, ...) {
  __builtin_va_list args;
  uint32 n;
  __builtin_va_start(args, format);
  n = vsnprintf(buffer, size, format, args);
  __builtin_va_end(args);
  return n;
}

void printf(const char* format, ...) {
  char line[256];
  __builtin_va_list args;
  uint32 n;
  __builtin_va_start(args, format);
  n = vsnprintf(line, sizeof line, format, args);
  __builtin_va_end(args);
  write(2, line, n < sizeof line ? n : sizeof line - 1);
}

void* memset(void* p, int32 c, uint32 n) {
  void* start = p;
  __asm__ volatile("cld; rep stosb" : "+D"(p), "+c"(n) : "a"(c) : "memory", "cc");
  return start;
}

void* memcpy(void* to, const void* from, uint32 n) {
  void* start = to;
  __asm__ volatile("cld; rep movsb" : "+D"(to), "+S"(from), "+c"(n)::"memory", "cc");
  return start;
}
