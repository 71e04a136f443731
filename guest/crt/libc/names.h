/* Functions of names: each is written for wchar_t, and its narrow form calls it. */
#ifndef CRT_LIBC_NAMES_H
#define CRT_LIBC_NAMES_H

#include "crt.h"

/* In UTF-16, on the heap; null with errno set. */
wchar_t* crt_wide_name(const char* name);
/* `characters` of `text` as bytes, on the heap; null: no memory. */
char* crt_narrow(const wchar_t* text, size_t characters);
/* The lab's ANSI code page: what is not Latin-1 has no byte. */
static inline char crt_narrow_character(wchar_t c) {
  return c <= 0xff ? (char)c : '?';
}
/* 0, or -1 with errno of the last error. */
int crt_done(BOOL success);

/* The body of a narrow form: `call` takes the name as `wide`. */
#define WITH_WIDE_NAME(type, failed, name, call) \
  wchar_t* wide = crt_wide_name(name);           \
  type result = failed;                          \
  if (wide) result = call;                       \
  free(wide);                                    \
  return result

#endif
