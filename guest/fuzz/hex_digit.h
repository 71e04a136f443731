/* Inputs come in hexadecimal digits on command lines (docs/fuzzing-dlls.md). */
#ifndef FUZZ_HEX_DIGIT_H
#define FUZZ_HEX_DIGIT_H

/* The value of a digit, or -1. */
static inline int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
