/* Formatted input from streams and strings. */
#include "format.h"
#include "scan.h"
#include "streams.h"

struct stream_input {
  struct crt_input input;
  FILE* stream;
};
static int get_from_stream(struct crt_input* input) {
  return crt_get(((struct stream_input*)input)->stream);
}
static void unget_to_stream(struct crt_input* input, int c) {
  ungetc(c, ((struct stream_input*)input)->stream);
}

struct text_input {
  struct crt_input input;
  const void* text;
  int wide;
  size_t left;
};
static int get_from_text(struct crt_input* input) {
  struct text_input* text = (struct text_input*)input;
  if (text->left == 0) return -1;
  const int c = text->wide ? *(const wchar_t*)text->text : *(const unsigned char*)text->text;
  if (c == 0) return -1;
  text->text = (const char*)text->text + (text->wide ? 2 : 1);
  --text->left;
  return c;
}
static void unget_to_text(struct crt_input* input, int c) {
  struct text_input* text = (struct text_input*)input;
  text->text = (const char*)text->text - (text->wide ? 2 : 1);
  ++text->left;
}

static int scan_stream(uint64_t options, FILE* stream, const void* format, int wide,
                       va_list arguments) {
  if (!stream || !format) {
    crt_invalid_parameter();
    return EOF;
  }
  struct stream_input input = {{get_from_stream, unget_to_stream}, stream};
  crt_lock(LOCK_STREAMS);
  const int result = crt_scan(&input.input, options, format, wide, arguments);
  crt_unlock(LOCK_STREAMS);
  return result;
}

static int scan_text(uint64_t options, const void* text, size_t length, const void* format,
                     int wide, va_list arguments) {
  if (!text || !format) {
    crt_invalid_parameter();
    return EOF;
  }
  struct text_input input = {{get_from_text, unget_to_text}, text, wide, length};
  return crt_scan(&input.input, options, format, wide, arguments);
}

int __stdio_common_vfscanf(uint64_t options, FILE* stream, const char* format, _locale_t locale,
                           va_list arguments) {
  return scan_stream(options, stream, format, 0, arguments);
}
int __stdio_common_vfwscanf(uint64_t options, FILE* stream, const wchar_t* format, _locale_t locale,
                            va_list arguments) {
  return scan_stream(options, stream, format, 1, arguments);
}
int __stdio_common_vsscanf(uint64_t options, const char* text, size_t length, const char* format,
                           _locale_t locale, va_list arguments) {
  return scan_text(options, text, length, format, 0, arguments);
}
int __stdio_common_vswscanf(uint64_t options, const wchar_t* text, size_t length,
                            const wchar_t* format, _locale_t locale, va_list arguments) {
  return scan_text(options, text, length, format, 1, arguments);
}
