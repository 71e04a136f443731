/* The format language of printf and wprintf, over whatever takes the characters. */
#ifndef CRT_LIBC_FORMAT_H
#define CRT_LIBC_FORMAT_H

#include <corecrt.h>
#include <stdio.h>
#include <stdio_options.h>

/* The result of `call`, with the arguments that follow `last` as `arguments`. */
#define PASS_ON(last, call)  \
  va_list arguments;         \
  va_start(arguments, last); \
  const int result = call;   \
  va_end(arguments);         \
  return result

/* An option of our own: the format may name arguments by their position. */
#define PRINTF_POSITIONS (1ull << 63)

/* Takes `count` characters, of one byte or of two. */
struct crt_output {
  void (*put)(struct crt_output* output, const void* text, size_t count);
  int failed;
};

/* The number of characters, or -1 with errno set. */
int crt_format(struct crt_output* output, uint64_t options, const char* format, va_list arguments);
int crt_wide_format(struct crt_output* output, uint64_t options, const wchar_t* format,
                    va_list arguments);
/* printf.c, sprintf.c, wide_sprintf.c: what all functions of formatted output come to. */
#define CRT_TO_STREAM(name, character)                                                \
  int name(uint64_t options, FILE* stream, const character* format, _locale_t locale, \
           va_list arguments);
#define CRT_TO_MEMORY(name, character)                                            \
  int name(uint64_t options, character* to, size_t room, const character* format, \
           _locale_t locale, va_list arguments);
CRT_TO_STREAM(__stdio_common_vfprintf, char)
CRT_TO_STREAM(__stdio_common_vfprintf_s, char)
CRT_TO_STREAM(__stdio_common_vfprintf_p, char)
CRT_TO_STREAM(__stdio_common_vfwprintf, wchar_t)
CRT_TO_STREAM(__stdio_common_vfwprintf_s, wchar_t)
CRT_TO_STREAM(__stdio_common_vfwprintf_p, wchar_t)
CRT_TO_MEMORY(__stdio_common_vsprintf, char)
CRT_TO_MEMORY(__stdio_common_vsprintf_s, char)
CRT_TO_MEMORY(__stdio_common_vsprintf_p, char)
CRT_TO_MEMORY(__stdio_common_vswprintf, wchar_t)
CRT_TO_MEMORY(__stdio_common_vswprintf_s, wchar_t)
CRT_TO_MEMORY(__stdio_common_vswprintf_p, wchar_t)
int __stdio_common_vsnprintf_s(uint64_t options, char* to, size_t room, size_t most,
                               const char* format, _locale_t locale, va_list arguments);
int __stdio_common_vsnwprintf_s(uint64_t options, wchar_t* to, size_t room, size_t most,
                                const wchar_t* format, _locale_t locale, va_list arguments);
#undef CRT_TO_STREAM
#undef CRT_TO_MEMORY

/* May %n write? (_set_printf_count_output) */
int crt_may_count_output(void);

#endif
