#include "scan.h"

#include "crt.h"

#define LONGEST_NUMBER 400

struct scan {
  struct crt_input* input;
  uint64_t options;
  const void* format;
  int wide; /* the format, and with it what %s is */
  va_list arguments;
  int read, assigned;
};

struct scan_spec {
  int suppress, width; /* INT_MAX: none given */
  int bytes;           /* of an integer */
  int size;            /* 'h', 'l', 'L' or 0 */
  int type;
};

enum outcome { MATCHED, MISMATCH, AT_END };

static int peek_format(const struct scan* scan, int ahead) {
  return scan->wide ? ((const wchar_t*)scan->format)[ahead]
                    : ((const unsigned char*)scan->format)[ahead];
}
static void skip_format(struct scan* scan, int count) {
  scan->format = (const char*)scan->format + (scan->wide ? 2 * count : count);
}

static int get(struct scan* scan) {
  const int c = scan->input->get(scan->input);
  if (c >= 0) ++scan->read;
  return c;
}
static void unget(struct scan* scan, int c) {
  if (c < 0) return;
  --scan->read;
  scan->input->unget(scan->input, c);
}

static int is_space(int c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
static int skip_space(struct scan* scan) {
  int c;
  do c = get(scan);
  while (is_space(c));
  return c;
}

static void read_scan_size(struct scan* scan, struct scan_spec* spec) {
  const int c = peek_format(scan, 0), next = peek_format(scan, 1);
  spec->bytes = 4;
  if (c == 'I' && next == '6') {
    spec->bytes = 8;
    skip_format(scan, 3);
  } else if (c == 'I' && next == '3') {
    skip_format(scan, 3);
  } else if (c == 'h' || c == 'l') {
    const int twice = next == c;
    spec->size = c;
    if (twice || c == 'h') spec->bytes = c == 'h' ? (twice ? 1 : 2) : 8;
    skip_format(scan, twice ? 2 : 1);
  } else if (c == 'L' || c == 'w') {
    spec->size = 'l';
    skip_format(scan, 1);
  } else if (c == 'I' || (!CRT_MSVCRT && (c == 'z' || c == 't'))) {
    skip_format(scan, 1);
  } else if (!CRT_MSVCRT && c == 'j') {
    spec->bytes = 8;
    skip_format(scan, 1);
  }
}

static void read_scan_spec(struct scan* scan, struct scan_spec* spec) {
  *spec = (struct scan_spec){.width = 0};
  if (peek_format(scan, 0) == '*') {
    spec->suppress = 1;
    skip_format(scan, 1);
  }
  for (int c; (c = peek_format(scan, 0)) >= '0' && c <= '9'; skip_format(scan, 1)) {
    if (spec->width < 100000000) spec->width = 10 * spec->width + (c - '0');
  }
  if (spec->width == 0) spec->width = INT_MAX;
  read_scan_size(scan, spec);
  spec->type = peek_format(scan, 0);
  if (spec->type) skip_format(scan, 1);
}

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

static enum outcome scan_integer(struct scan* scan, const struct scan_spec* spec, int base) {
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

static enum outcome scan_double(struct scan* scan, const struct scan_spec* spec) {
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

/* Where the characters of %c, %s and %[ go. */
struct target {
  char* narrow;
  wchar_t* wide;
  size_t room, length;
};

static struct target read_target(struct scan* scan, const struct scan_spec* spec) {
  struct target target = {0, 0, (size_t)-1, 0};
  if (spec->suppress) return target;
  void* to = va_arg(scan->arguments, void*);
  const int capital = spec->type == 'C' || spec->type == 'S';
  const int wide = spec->size == 'h' ? 0 : spec->size == 'l' ? 1 : scan->wide != capital;
  if (wide) {
    target.wide = to;
  } else {
    target.narrow = to;
  }
  if (scan->options & SCANF_SECURECRT) target.room = va_arg(scan->arguments, unsigned);
  return target;
}

/* 0: there is no room for it. */
static int store(struct target* target, int c) {
  if (!target->narrow && !target->wide) return 1;
  if (target->length >= target->room) return 0;
  if (target->wide) {
    target->wide[target->length++] = (wchar_t)c;
  } else {
    target->narrow[target->length++] = (char)c;
  }
  return 1;
}

static enum outcome finish_text(struct scan* scan, struct target* target, int terminate, int fits) {
  if (terminate && fits) {
    const size_t length = target->length;
    fits = store(target, 0);
    target->length = length;
  }
  if (!fits) {
    if (target->room > 0 && target->wide) target->wide[0] = 0;
    if (target->room > 0 && target->narrow) target->narrow[0] = 0;
    errno = ENOMEM;
    return MISMATCH;
  }
  if (target->wide || target->narrow) ++scan->assigned;
  return MATCHED;
}

static enum outcome scan_characters(struct scan* scan, const struct scan_spec* spec) {
  struct target target = read_target(scan, spec);
  int left = spec->width == INT_MAX ? 1 : spec->width, fits = 1, c = 0;
  for (; left > 0 && (c = get(scan)) >= 0; --left) fits &= store(&target, c);
  if (left > 0 && target.length == 0) return AT_END;
  return left > 0 ? MISMATCH : finish_text(scan, &target, 0, fits);
}

static enum outcome scan_word(struct scan* scan, const struct scan_spec* spec) {
  struct target target = read_target(scan, spec);
  int c = skip_space(scan), fits = 1;
  if (c < 0) return AT_END;
  int left = spec->width;
  for (; c >= 0 && !is_space(c) && left > 0; --left) {
    fits &= store(&target, c);
    c = left > 1 ? get(scan) : -1;
  }
  unget(scan, c);
  return finish_text(scan, &target, 1, fits);
}

/* Does the set that begins at the format's place, after [, hold `c`? */
static int set_holds(const struct scan* scan, int c, int length, int inverted) {
  int found = 0;
  for (int i = 0; i < length && !found; ++i) {
    const int low = peek_format(scan, i);
    if (i + 2 < length && peek_format(scan, i + 1) == '-') {
      const int high = peek_format(scan, i + 2);
      found = low <= high ? c >= low && c <= high : c >= high && c <= low;
      i += 2;
    } else {
      found = c == low;
    }
  }
  return found != inverted;
}

static enum outcome scan_set(struct scan* scan, const struct scan_spec* spec) {
  struct target target = read_target(scan, spec);
  int inverted = 0, length = 0, any = 0, fits = 1;
  if (peek_format(scan, 0) == '^') {
    inverted = 1;
    skip_format(scan, 1);
  }
  if (peek_format(scan, 0) == ']') ++length; /* at the beginning it is a member */
  while (peek_format(scan, length) && peek_format(scan, length) != ']') ++length;
  int c = -1;
  for (int left = spec->width; left > 0; --left) {
    c = get(scan);
    if (c < 0 || !set_holds(scan, c, length, inverted)) {
      unget(scan, c);
      break;
    }
    any = 1;
    fits &= store(&target, c);
  }
  skip_format(scan, length);
  if (peek_format(scan, 0)) skip_format(scan, 1);
  if (!any) return c < 0 ? AT_END : MISMATCH;
  return finish_text(scan, &target, 1, fits);
}

static enum outcome scan_count(struct scan* scan, const struct scan_spec* spec) {
  if (spec->suppress) return MATCHED;
  const int64_t count = scan->read;
  memcpy(va_arg(scan->arguments, void*), &count, (size_t)spec->bytes);
  return MATCHED;
}

static enum outcome scan_one(struct scan* scan) {
  struct scan_spec spec;
  read_scan_spec(scan, &spec);
  switch (spec.type) {
    case 'd':
    case 'u':
      return scan_integer(scan, &spec, 10);
    case 'i':
      return scan_integer(scan, &spec, 0);
    case 'o':
      return scan_integer(scan, &spec, 8);
    case 'x':
    case 'X':
    case 'p':
      return scan_integer(scan, &spec, 16);
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return scan_double(scan, &spec);
    case 'c':
    case 'C':
      return scan_characters(scan, &spec);
    case 's':
    case 'S':
      return scan_word(scan, &spec);
    case '[':
      return scan_set(scan, &spec);
    case 'n':
      return scan_count(scan, &spec);
    case '%': {
      const int c = skip_space(scan);
      if (c == '%') return MATCHED;
      unget(scan, c);
      return c < 0 ? AT_END : MISMATCH;
    }
  }
  crt_invalid_parameter();
  return MISMATCH;
}

int crt_scan(struct crt_input* input, uint64_t options, const void* format, int wide,
             va_list arguments) {
  struct scan scan = {.input = input, .options = options, .format = format, .wide = wide};
  enum outcome outcome = MATCHED;
  int conversions = 0;
  va_copy(scan.arguments, arguments);
  while (outcome == MATCHED && peek_format(&scan, 0)) {
    const int c = peek_format(&scan, 0);
    skip_format(&scan, 1);
    if (c == '%') {
      outcome = scan_one(&scan);
      if (outcome == MATCHED) ++conversions;
    } else if (is_space(c)) {
      unget(&scan, skip_space(&scan));
    } else {
      const int next = get(&scan);
      if (next != c) {
        unget(&scan, next);
        outcome = next < 0 ? AT_END : MISMATCH;
      }
    }
  }
  va_end(scan.arguments);
  return outcome == AT_END && conversions == 0 ? -1 : scan.assigned;
}
