/* What the parts of scanf's format language share: the format and the input, character by
 * character. */
#ifndef CRT_LIBC_SCAN_STATE_H
#define CRT_LIBC_SCAN_STATE_H

#include "crt.h"
#include "scan.h"

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

static inline int peek_format(const struct scan* scan, int ahead) {
  return scan->wide ? ((const wchar_t*)scan->format)[ahead]
                    : ((const unsigned char*)scan->format)[ahead];
}
static inline void skip_format(struct scan* scan, int count) {
  scan->format = (const char*)scan->format + (scan->wide ? 2 * count : count);
}

static inline int get(struct scan* scan) {
  const int c = scan->input->get(scan->input);
  if (c >= 0) ++scan->read;
  return c;
}
static inline void unget(struct scan* scan, int c) {
  if (c < 0) return;
  --scan->read;
  scan->input->unget(scan->input, c);
}

static inline int is_space(int c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline int skip_space(struct scan* scan) {
  int c;
  do c = get(scan);
  while (is_space(c));
  return c;
}

/* scan_numbers.c */
enum outcome crt_scan_integer(struct scan* scan, const struct scan_spec* spec, int base);
enum outcome crt_scan_double(struct scan* scan, const struct scan_spec* spec);
/* scan_text.c */
enum outcome crt_scan_characters(struct scan* scan, const struct scan_spec* spec);
enum outcome crt_scan_word(struct scan* scan, const struct scan_spec* spec);
enum outcome crt_scan_set(struct scan* scan, const struct scan_spec* spec);

#endif
