/* scanf's format language: specifications, and what stands between them. */
#include "scan_state.h"

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
      return crt_scan_integer(scan, &spec, 10);
    case 'i':
      return crt_scan_integer(scan, &spec, 0);
    case 'o':
      return crt_scan_integer(scan, &spec, 8);
    case 'x':
    case 'X':
    case 'p':
      return crt_scan_integer(scan, &spec, 16);
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return crt_scan_double(scan, &spec);
    case 'c':
    case 'C':
      return crt_scan_characters(scan, &spec);
    case 's':
    case 'S':
      return crt_scan_word(scan, &spec);
    case '[':
      return crt_scan_set(scan, &spec);
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
