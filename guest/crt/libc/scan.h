/* The format language of scanf and wscanf, over whatever gives the characters. */
#ifndef CRT_LIBC_SCAN_H
#define CRT_LIBC_SCAN_H

#include <corecrt.h>
#include <stdio_options.h>

/* Gives characters, -1 at the end, and takes the last one back. */
struct crt_input {
  int (*get)(struct crt_input* input);
  void (*unget)(struct crt_input* input, int c);
};

/* `format` is of char, or of wchar_t. The number of assignments; -1 when the input ended before
 * the first one. */
int crt_scan(struct crt_input* input, uint64_t options, const void* format, int wide,
             va_list arguments);

#endif
