/* Names between char and wchar_t: in the lab's ANSI code page a byte is a character of Latin-1. */
#include "names.h"

wchar_t* crt_wide_name(const char* name) {
  if (!name) {
    crt_invalid_parameter();
    return 0;
  }
  const size_t characters = strlen(name) + 1;
  wchar_t* wide = malloc(characters * sizeof *wide);
  for (size_t i = 0; wide && i < characters; ++i) wide[i] = (unsigned char)name[i];
  return wide;
}

char* crt_narrow(const wchar_t* text, size_t characters) {
  char* narrow = malloc(characters);
  for (size_t i = 0; narrow && i < characters; ++i) narrow[i] = crt_narrow_character(text[i]);
  return narrow;
}

int crt_done(BOOL success) {
  if (success) return 0;
  crt_set_os_error(GetLastError());
  return -1;
}
