/* scanf's characters: %c, %s and %[. */
#include "scan_state.h"

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
  /* In a wide format %s is wide to msvcrt, and to the UCRT by this option; C has it narrow. */
  const int legacy = CRT_MSVCRT || (scan->options & SCANF_LEGACY_WIDE_SPECIFIERS);
  const int plain_is_wide = scan->wide && legacy;
  const int wide = spec->size == 'h' ? 0 : spec->size == 'l' ? 1 : plain_is_wide != capital;
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

enum outcome crt_scan_characters(struct scan* scan, const struct scan_spec* spec) {
  struct target target = read_target(scan, spec);
  int left = spec->width == INT_MAX ? 1 : spec->width, fits = 1, c = 0;
  for (; left > 0 && (c = get(scan)) >= 0; --left) fits &= store(&target, c);
  if (left > 0 && target.length == 0) return AT_END;
  return left > 0 ? MISMATCH : finish_text(scan, &target, 0, fits);
}

enum outcome crt_scan_word(struct scan* scan, const struct scan_spec* spec) {
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

enum outcome crt_scan_set(struct scan* scan, const struct scan_spec* spec) {
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
