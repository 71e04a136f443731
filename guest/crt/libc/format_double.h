/* A double as %e, %f, %g and %a spell it. */
#ifndef CRT_LIBC_FORMAT_DOUBLE_H
#define CRT_LIBC_FORMAT_DOUBLE_H

#include "decimal.h"

struct crt_double_style {
  char conversion; /* e, f, g or a, or their capitals */
  int precision;   /* -1: the conversion's own */
  int alternative; /* '#': a point always, and %g keeps zeros */
  int exponent_digits;
  enum crt_rounding rounding;
  int digits_known; /* 0: all; else how many before only zeros follow */
  int old_names;    /* 1.#INF in place of inf */
};

/* Pieces of the text in order: characters, then zeros, and so on: a precision of 5000 needs no
 * buffer for it. The sign is apart. */
struct crt_spelled {
  int negative, finite;
  char prefix[3]; /* "0x" */
  int pieces;
  struct {
    const char* text; /* null: zeros */
    int length;
  } piece[7];
  char exponent[8];
  struct crt_decimal decimal;
};
void crt_spell_double(double value, const struct crt_double_style* style,
                      struct crt_spelled* spelled);

#endif
