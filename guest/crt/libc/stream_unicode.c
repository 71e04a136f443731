/* Unicode modes (documented under fopen, "Unicode support", and _setmode). What goes to a console
 * leaves the lab as UTF-8, as what WriteConsoleW writes does. */
#include "stream_unicode.h"

#include <fcntl.h>
#include <io.h>

#include "files.h"

unsigned crt_mode_flags(int mode, unsigned file_flags) {
  if (mode & _O_U8TEXT) return FILE_UTF8 | FILE_TEXT;
  if (mode & (_O_U16TEXT | _O_WTEXT)) {
    return file_flags & FILE_DEVICE ? FILE_UTF16 | FILE_UTF8 | FILE_TEXT : FILE_UTF16;
  }
  return mode & _O_TEXT ? FILE_TEXT : 0;
}

static int put_pair(unsigned c, FILE* stream) {
  return crt_put((int)(c & 0xff), stream) != EOF && crt_put((int)(c >> 8 & 0xff), stream) != EOF;
}

static int put_utf8(unsigned c, FILE* stream) {
  if (c < 0x80) return crt_put((int)c, stream) != EOF;
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
  if (crt_put((int)(first[more] | c >> 6 * more), stream) == EOF) return 0;
  for (int i = more - 1; i >= 0; --i) {
    if (crt_put((int)(0x80 | (c >> 6 * i & 0x3f)), stream) == EOF) return 0;
  }
  return 1;
}

#define IS_HIGH(c) (((c)&0xfc00u) == 0xd800)
#define IS_LOW(c) (((c)&0xfc00u) == 0xdc00)
#define UNKNOWN 0xfffdu /* for half a pair */

/* The first half of a pair waits in the stream for the second. */
static int put_units_as_utf8(wchar_t c, FILE* stream) {
  const unsigned high = (unsigned)stream->_charbuf;
  stream->_charbuf = 0;
  if (high && IS_LOW(c)) {
    return put_utf8(0x10000 + ((high & 0x3ff) << 10 | (c & 0x3ffu)), stream);
  }
  if (high && !put_utf8(UNKNOWN, stream)) return 0;
  if (IS_HIGH(c)) {
    stream->_charbuf = c;
    return 1;
  }
  return put_utf8(IS_LOW(c) ? UNKNOWN : c, stream);
}

wint_t crt_put_unicode(wchar_t c, FILE* stream, unsigned file_flags) {
  if (file_flags & FILE_UTF8) return put_units_as_utf8(c, stream) ? c : WEOF;
  if (c == '\n' && !put_pair('\r', stream)) return WEOF;
  return put_pair(c, stream) ? c : WEOF;
}

static int get_pair(FILE* stream) {
  const int low = crt_get(stream);
  const int high = low == EOF ? EOF : crt_get(stream);
  return high == EOF ? EOF : low | high << 8;
}

/* CR LF is one character. */
static wint_t get_utf16(FILE* stream) {
  const int c = get_pair(stream);
  if (c != '\r') return c == EOF ? WEOF : (wint_t)c;
  const int next = get_pair(stream);
  if (next == '\n') return '\n';
  if (next != EOF) {
    ungetc(next >> 8, stream);
    ungetc(next & 0xff, stream);
  }
  return '\r';
}

static wint_t get_utf8(FILE* stream) {
  if (stream->_charbuf) { /* the second half of a pair */
    const wint_t low = (wint_t)stream->_charbuf;
    stream->_charbuf = 0;
    return low;
  }
  const int first = crt_get(stream);
  if (first < 0x80) return first == EOF ? WEOF : (wint_t)first;
  const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  unsigned c = (unsigned)first & (0x3fu >> more);
  if (more == 0) return UNKNOWN;
  for (int i = 0; i < more; ++i) {
    const int next = crt_get(stream);
    if (next == EOF) return WEOF;
    c = c << 6 | (next & 0x3f);
  }
  if (c < 0x10000) return (wint_t)c;
  stream->_charbuf = (int)(0xdc00 | (c & 0x3ff));
  return (wint_t)(0xd800 | ((c - 0x10000) >> 10));
}

wint_t crt_get_unicode(FILE* stream, unsigned file_flags) {
  return file_flags & FILE_UTF8 ? get_utf8(stream) : get_utf16(stream);
}

static void set_mode(struct crt_file* file, int mode) {
  file->flags &= ~(unsigned)(FILE_TEXT | FILE_UTF16 | FILE_UTF8);
  file->flags |= crt_mode_flags(mode, file->flags);
}

void crt_begin_unicode(int number, int open_flags) {
  struct crt_file* file = crt_file(number);
  unsigned char mark[3] = {0, 0, 0};
  DWORD count = 0;
  if (!file || (file->flags & FILE_DEVICE)) return;
  if (_filelengthi64(number) == 0) {
    if (!(open_flags & (_O_WRONLY | _O_RDWR))) return;
    const int utf8 = open_flags & _O_U8TEXT;
    WriteFile(file->handle, utf8 ? "\xef\xbb\xbf" : "\xff\xfe", utf8 ? 3 : 2, &count, 0);
    return;
  }
  if (open_flags & _O_WRONLY) return;
  ReadFile(file->handle, mark, 3, &count, 0);
  if (count >= 2 && mark[0] == 0xff && mark[1] == 0xfe) {
    set_mode(file, _O_U16TEXT);
    _lseeki64(number, 2, SEEK_SET);
  } else if (count == 3 && mark[0] == 0xef && mark[1] == 0xbb && mark[2] == 0xbf) {
    set_mode(file, _O_U8TEXT);
  } else {
    /* Without a mark ccs=UNICODE is plain text; the others are what they say. */
    if (open_flags & _O_WTEXT) set_mode(file, _O_TEXT);
    _lseeki64(number, 0, SEEK_SET);
  }
}
