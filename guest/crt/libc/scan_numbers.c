/* scanf's numbers: as many characters as strtol and strtod would read. */
#include "scan_state.h"

#define LONGEST_NUMBER 400

/* The characters of a number as it is read. */
struct token {
  char text[LONGEST_NUMBER];
  int length, width;
};

/* Takes the next character when `wanted` accepts it; the character, or 0. */
static int take(struct scan* scan, struct token* token, int (*wanted)(int c, int base), int base) {
  if (token->width == 0) return 0;
  const int c = get(scan);
  if (c <= 0 || c > 0x7f || !wanted(c, base)) {
    unget(scan, c);
    return 0;
  }
  --token->width;
  if (token->length < LONGEST_NUMBER - 1) token->text[token->length++] = (char)c;
  return c;
}

static int is_sign(int c, int base) {
  return c == '-' || c == '+';
}
static int is_character(int c, int wanted) {
  return (c | 0x20) == (wanted | 0x20);
}
static int is_digit(int c, int base) {
  const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' ? (c | 0x20) - 'a' + 10 : 99;
  return digit < base;
}

enum outcome crt_scan_integer(struct scan* scan, const struct scan_spec* spec, int base) {
  struct token token = {.length = 0, .width = spec->width};
  int c = skip_space(scan), digits = 0;
  if (c < 0) return AT_END;
  unget(scan, c);
  take(scan, &token, is_sign, 0);
  if (base == 0 || base == 16) {
    if (take(scan, &token, is_character, '0')) {
      digits = 1;
      if (take(scan, &token, is_character, 'x')) {
        base = 16;
        digits = 0;
      } else if (base == 0) {
        base = 8;
      }
    }
    if (base == 0) base = 10;
  }
  while (take(scan, &token, is_digit, base)) digits = 1;
  if (!digits) return MISMATCH;
  token.text[token.length] = 0;
  if (spec->suppress) return MATCHED;
  void* to = va_arg(scan->arguments, void*);
  const int is_signed = spec->type == 'd' || spec->type == 'i';
  const uint64_t value = spec->bytes == 8 ? (is_signed ? (uint64_t)strtoll(token.text, 0, base)
                                                       : strtoull(token.text, 0, base))
                         : is_signed      ? (uint64_t)strtol(token.text, 0, base)
                                          : strtoul(token.text, 0, base);
  memcpy(to, &value, (size_t)spec->bytes);
  ++scan->assigned;
  return MATCHED;
}

static int take_word(struct scan* scan, struct token* token, const char* word) {
  for (; *word; ++word) {
    if (!take(scan, token, is_character, *word)) return 0;
  }
  return 1;
}

/* A number as strtod reads it; a mantissa or exponent without digits is no match. */
static int take_double(struct scan* scan, struct token* token) {
  int digits = 0, base = 10;
  take(scan, token, is_sign, 0);
  if (!CRT_MSVCRT) {
    if (take(scan, token, is_character, 'n')) return take_word(scan, token, "an");
    if (take(scan, token, is_character, 'i')) {
      if (!take_word(scan, token, "nf")) return 0;
      return take(scan, token, is_character, 'i') ? take_word(scan, token, "nity") : 1;
    }
    if (take(scan, token, is_character, '0')) {
      digits = 1;
      if (take(scan, token, is_character, 'x')) {
        base = 16;
        digits = 0;
      }
    }
  }
  while (take(scan, token, is_digit, base)) digits = 1;
  if (take(scan, token, is_character, '.')) {
    while (take(scan, token, is_digit, base)) digits = 1;
  }
  if (!digits) return 0;
  if (take(scan, token, is_character, base == 16 ? 'p' : 'e')) {
    take(scan, token, is_sign, 0);
    if (!take(scan, token, is_digit, 10)) return 0;
    while (take(scan, token, is_digit, 10)) {
    }
  }
  return 1;
}

enum outcome crt_scan_double(struct scan* scan, const struct scan_spec* spec) {
  struct token token = {.length = 0, .width = spec->width};
  const int c = skip_space(scan);
  if (c < 0) return AT_END;
  unget(scan, c);
  if (!take_double(scan, &token)) return MISMATCH;
  token.text[token.length] = 0;
  if (spec->suppress) return MATCHED;
  void* to = va_arg(scan->arguments, void*);
  if (spec->size == 'l') {
    *(double*)to = strtod(token.text, 0);
  } else {
    *(float*)to = strtof(token.text, 0);
  }
  ++scan->assigned;
  return MATCHED;
}
