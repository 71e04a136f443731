/* Wide characters on streams of bytes: in the "C" locale each is one byte, and one beyond 0xff
 * cannot be written. A stream in binary mode carries the two bytes themselves; Unicode modes are in
 * stream_unicode.c. */
#include "files.h"
#include "stream_unicode.h"

static unsigned flags_of(FILE* stream) {
  const struct crt_file* file = crt_file(stream->_file);
  return file ? file->flags : 0;
}

static wint_t get_wide(FILE* stream) {
  const unsigned flags = flags_of(stream);
  if (flags & (FILE_UTF16 | FILE_UTF8)) return crt_get_unicode(stream, flags);
  const int low = crt_get(stream);
  if (low == EOF || (flags & FILE_TEXT)) return low == EOF ? WEOF : (wint_t)low;
  const int high = crt_get(stream);
  return high == EOF ? WEOF : (wint_t)(low | high << 8);
}

static wint_t put_wide(wchar_t c, FILE* stream) {
  const unsigned flags = flags_of(stream);
  if (flags & (FILE_UTF16 | FILE_UTF8)) return crt_put_unicode(c, stream, flags);
  if (flags & FILE_TEXT) {
    if (c > 0xff) {
      errno = EILSEQ;
      return WEOF;
    }
    return crt_put(c, stream) == EOF ? WEOF : c;
  }
  if (crt_put(c & 0xff, stream) == EOF || crt_put(c >> 8, stream) == EOF) return WEOF;
  return c;
}

wint_t fgetwc(FILE* stream) {
  crt_lock(LOCK_STREAMS);
  const wint_t c = get_wide(stream);
  crt_unlock(LOCK_STREAMS);
  return c;
}
wint_t getwc(FILE* stream) {
  return fgetwc(stream);
}
wint_t getwchar(void) {
  return fgetwc(stdin);
}

wint_t _fgetwchar(void) {
  return fgetwc(stdin);
}

wint_t ungetwc(wint_t c, FILE* stream) {
  if (c == WEOF) return WEOF;
  if (flags_of(stream) & FILE_TEXT) return c <= 0xff && ungetc(c, stream) != EOF ? c : WEOF;
  if (ungetc(c >> 8, stream) == EOF) return WEOF;
  return ungetc(c & 0xff, stream) == EOF ? WEOF : c;
}

wint_t fputwc(wchar_t c, FILE* stream) {
  crt_begin_output(stream);
  const wint_t result = put_wide(c, stream);
  crt_end_output(stream);
  return result;
}
wint_t putwc(wchar_t c, FILE* stream) {
  return fputwc(c, stream);
}
wint_t putwchar(wchar_t c) {
  return fputwc(c, stdout);
}

int crt_put_wide_text(const wchar_t* text, size_t count, FILE* stream) {
  for (size_t i = 0; i < count; ++i) {
    if (put_wide(text[i], stream) == WEOF && text[i] != WEOF) return 0;
  }
  return 1;
}

wint_t _fputwchar(wchar_t c) {
  return fputwc(c, stdout);
}

#define CHAR wchar_t
#define CHARACTER wint_t
#define END_OF_FILE WEOF
#define GET get_wide
#define PUT_TEXT crt_put_wide_text
#define LENGTH wcslen
#define FGETS fgetws
#define GETS _getws
#define GETS_S _getws_s
#define FPUTS fputws
#define PUTS _putws
#include "stream_lines.inc"
