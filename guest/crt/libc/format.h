/* The format language of printf and wprintf, over whatever takes the characters. */
#ifndef CRT_LIBC_FORMAT_H
#define CRT_LIBC_FORMAT_H

#include <corecrt.h>
#include <stdio_options.h>

/* The result of `call`, with the arguments that follow `last` as `arguments`. */
#define PASS_ON(last, call)  \
  va_list arguments;         \
  va_start(arguments, last); \
  const int result = call;   \
  va_end(arguments);         \
  return result

/* Takes `count` characters, of one byte or of two. */
struct crt_output {
  void (*put)(struct crt_output* output, const void* text, size_t count);
  int failed;
};

/* The number of characters, or -1 with errno set. */
int crt_format(struct crt_output* output, uint64_t options, const char* format, va_list arguments);
int crt_wide_format(struct crt_output* output, uint64_t options, const wchar_t* format,
                    va_list arguments);
/* sprintf.c: what all forms of sprintf of char come to. */
int __stdio_common_vsprintf(uint64_t options, char* to, size_t room, const char* format,
                            _locale_t locale, va_list arguments);
/* May %n write? (_set_printf_count_output) */
int crt_may_count_output(void);

#endif
