/* Characters, lines and blocks, in and out of streams. */
#include "streams.h"

int fgetc(FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return EOF;
  }
  crt_lock(LOCK_STREAMS);
  const int c = crt_get(stream);
  crt_unlock(LOCK_STREAMS);
  return c;
}
int getc(FILE* stream) {
  return fgetc(stream);
}
int getchar(void) {
  return fgetc(stdin);
}
int _fgetchar(void) {
  return fgetc(stdin);
}

/* One character can always be given back, into the buffer where the file's own was. */
int ungetc(int c, FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return EOF;
  }
  if (c == EOF || (stream->_flag & STREAM_WRITE)) return EOF;
  crt_lock(LOCK_STREAMS);
  int result = EOF;
  if (!stream->_base) {
    /* Nothing was read yet, or without a buffer: it gets one. */
    stream->_flag &= ~STREAM_UNBUFFERED;
    setvbuf(stream, 0, _IOFBF, STREAM_BUFFER);
  }
  if (stream->_base) {
    if (stream->_ptr == stream->_base && stream->_cnt <= 0) {
      stream->_ptr = stream->_base + 1;
      stream->_cnt = 0;
    }
    if (stream->_ptr > stream->_base) {
      *--stream->_ptr = (char)c;
      ++stream->_cnt;
      stream->_flag = (stream->_flag | STREAM_READ) & ~STREAM_EOF;
      result = (unsigned char)c;
    }
  }
  crt_unlock(LOCK_STREAMS);
  return result;
}

int fputc(int c, FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return EOF;
  }
  crt_begin_output(stream);
  const int result = crt_put(c, stream);
  crt_end_output(stream);
  return result;
}
int putc(int c, FILE* stream) {
  return fputc(c, stream);
}
int putchar(int c) {
  return fputc(c, stdout);
}
int _fputchar(int c) {
  return fputc(c, stdout);
}

/* How many of the bytes went in: all of them where there is room, or by way of the buffer. */
size_t crt_put_bytes(const char* from, size_t bytes, FILE* stream) {
  size_t done = 0;
  while (done < bytes) {
    if (stream->_cnt > 0) {
      const size_t left = bytes - done, room = (size_t)stream->_cnt;
      const size_t part = left < room ? left : room;
      memcpy(stream->_ptr, from + done, part);
      stream->_ptr += part;
      stream->_cnt -= (int)part;
      done += part;
    } else {
      if (_flsbuf((unsigned char)from[done], stream) == EOF) return done;
      ++done;
    }
  }
  return done;
}

size_t fwrite(const void* from, size_t size, size_t count, FILE* stream) {
  size_t bytes;
  if (size == 0 || count == 0) return 0;
  if (!stream || !from || __builtin_mul_overflow(size, count, &bytes)) {
    crt_invalid_parameter();
    return 0;
  }
  crt_begin_output(stream);
  const size_t done = crt_put_bytes(from, bytes, stream);
  crt_end_output(stream);
  return done / size;
}

static size_t read_bytes(char* to, size_t bytes, FILE* stream) {
  size_t done = 0;
  crt_lock(LOCK_STREAMS);
  while (done < bytes) {
    if (stream->_cnt > 0) {
      const size_t left = bytes - done, ready = (size_t)stream->_cnt;
      const size_t part = left < ready ? left : ready;
      memcpy(to + done, stream->_ptr, part);
      stream->_ptr += part;
      stream->_cnt -= (int)part;
      done += part;
    } else {
      const int c = _filbuf(stream);
      if (c == EOF) break;
      to[done++] = (char)c;
    }
  }
  crt_unlock(LOCK_STREAMS);
  return done;
}

size_t fread(void* to, size_t size, size_t count, FILE* stream) {
  size_t bytes;
  if (size == 0 || count == 0) return 0;
  if (!stream || !to || __builtin_mul_overflow(size, count, &bytes)) {
    crt_invalid_parameter();
    return 0;
  }
  return read_bytes(to, bytes, stream) / size;
}

/* What does not fit into `room` bytes is not read, and the place is filled with zeros. */
size_t fread_s(void* to, size_t room, size_t size, size_t count, FILE* stream) {
  size_t bytes;
  if (size == 0 || count == 0) return 0;
  if (!stream || !to || __builtin_mul_overflow(size, count, &bytes)) {
    if (to && room != (size_t)-1) memset(to, 0, room);
    crt_invalid_parameter();
    return 0;
  }
  if (bytes <= room) return read_bytes(to, bytes, stream) / size;
  memset(to, 0, room);
  errno = ERANGE;
  _invalid_parameter_noinfo();
  errno = ERANGE;
  return 0;
}

static int put_text(const char* text, size_t length, FILE* stream) {
  return crt_put_bytes(text, length, stream) == length;
}
#define CHAR char
#define CHARACTER int
#define END_OF_FILE EOF
#define GET crt_get
#define PUT_TEXT put_text
#define LENGTH strlen
#define FGETS fgets
#define GETS gets
#define GETS_S gets_s
#define FPUTS fputs
#define PUTS puts
#include "stream_lines.inc"

int _getw(FILE* stream) {
  int value;
  return fread(&value, sizeof value, 1, stream) == 1 ? value : EOF;
}
int _putw(int value, FILE* stream) {
  return fwrite(&value, sizeof value, 1, stream) == 1 ? value : EOF;
}

void _lock_file(FILE* stream) {
  crt_lock(LOCK_STREAMS);
}
void _unlock_file(FILE* stream) {
  crt_unlock(LOCK_STREAMS);
}
int _fgetc_nolock(FILE* stream) {
  return fgetc(stream);
}
int _fputc_nolock(int c, FILE* stream) {
  return fputc(c, stream);
}
size_t _fwrite_nolock(const void* from, size_t size, size_t count, FILE* stream) {
  return fwrite(from, size, count, stream);
}
size_t _fread_nolock(void* to, size_t size, size_t count, FILE* stream) {
  return fread(to, size, count, stream);
}
int _fflush_nolock(FILE* stream) {
  return fflush(stream);
}
