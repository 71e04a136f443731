/* Formatted output to streams. */
#include "format.h"
#include "streams.h"

size_t crt_put_bytes(const char* from, size_t bytes, FILE* stream);
int crt_put_wide_text(const wchar_t* text, size_t count, FILE* stream);

struct stream_output {
  struct crt_output output;
  FILE* stream;
};

static void put_bytes(struct crt_output* output, const void* text, size_t count) {
  FILE* stream = ((struct stream_output*)output)->stream;
  if (!output->failed) output->failed = crt_put_bytes(text, count, stream) != count;
}

static void put_wide(struct crt_output* output, const void* text, size_t count) {
  FILE* stream = ((struct stream_output*)output)->stream;
  if (!output->failed) output->failed = !crt_put_wide_text(text, count, stream);
}

int __stdio_common_vfprintf(uint64_t options, FILE* stream, const char* format, _locale_t locale,
                            va_list arguments) {
  if (!stream) {
    crt_invalid_parameter();
    return -1;
  }
  struct stream_output output = {{put_bytes, 0}, stream};
  crt_begin_output(stream);
  const int result = crt_format(&output.output, options, format, arguments);
  crt_end_output(stream);
  return result;
}

int __stdio_common_vfwprintf(uint64_t options, FILE* stream, const wchar_t* format,
                             _locale_t locale, va_list arguments) {
  if (!stream) {
    crt_invalid_parameter();
    return -1;
  }
  struct stream_output output = {{put_wide, 0}, stream};
  crt_begin_output(stream);
  const int result = crt_wide_format(&output.output, options, format, arguments);
  crt_end_output(stream);
  return result;
}

/* The _s forms check the format more closely, which here all forms do; the _p forms take arguments
 * by position. */
int __stdio_common_vfprintf_s(uint64_t options, FILE* stream, const char* format, _locale_t locale,
                              va_list arguments) {
  return __stdio_common_vfprintf(options, stream, format, locale, arguments);
}
int __stdio_common_vfwprintf_s(uint64_t options, FILE* stream, const wchar_t* format,
                               _locale_t locale, va_list arguments) {
  return __stdio_common_vfwprintf(options, stream, format, locale, arguments);
}
int __stdio_common_vfprintf_p(uint64_t options, FILE* stream, const char* format, _locale_t locale,
                              va_list arguments) {
  return __stdio_common_vfprintf(options | PRINTF_POSITIONS, stream, format, locale, arguments);
}
int __stdio_common_vfwprintf_p(uint64_t options, FILE* stream, const wchar_t* format,
                               _locale_t locale, va_list arguments) {
  return __stdio_common_vfwprintf(options | PRINTF_POSITIONS, stream, format, locale, arguments);
}
