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

char* fgets(char* to, int room, FILE* stream) {
  if (!stream || (!to && room > 0) || room < 0) {
    crt_invalid_parameter();
    return 0;
  }
  if (room == 0) return 0;
  crt_lock(LOCK_STREAMS);
  char* at = to;
  int c = 0;
  while (--room > 0 && (c = crt_get(stream)) != EOF) {
    *at++ = (char)c;
    if (c == '\n') break;
  }
  *at = 0;
  crt_unlock(LOCK_STREAMS);
  return at == to && c == EOF ? 0 : to;
}

/* A line without its end; `room` -1 for gets, which has no limit. */
static char* get_line(char* to, size_t room) {
  size_t length = 0;
  int c, too_long = 0;
  crt_lock(LOCK_STREAMS);
  while ((c = crt_get(stdin)) != EOF && c != '\n') {
    if (length + 1 < room) {
      to[length] = (char)c;
    } else {
      too_long = 1;
    }
    ++length;
  }
  crt_unlock(LOCK_STREAMS);
  if (too_long) {
    to[0] = 0;
    errno = ERANGE;
    crt_invalid_parameter();
    return 0;
  }
  to[length] = 0;
  return c == EOF && length == 0 ? 0 : to;
}
char* gets(char* to) {
  return get_line(to, (size_t)-1);
}
char* gets_s(char* to, size_t room) {
  if (!to || room == 0) {
    crt_invalid_parameter();
    return 0;
  }
  return get_line(to, room);
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

size_t fread(void* to, size_t size, size_t count, FILE* stream) {
  size_t bytes, done = 0;
  if (size == 0 || count == 0) return 0;
  if (!stream || !to || __builtin_mul_overflow(size, count, &bytes)) {
    crt_invalid_parameter();
    return 0;
  }
  char* at = to;
  crt_lock(LOCK_STREAMS);
  while (done < bytes) {
    if (stream->_cnt > 0) {
      const size_t left = bytes - done, ready = (size_t)stream->_cnt;
      const size_t part = left < ready ? left : ready;
      memcpy(at + done, stream->_ptr, part);
      stream->_ptr += part;
      stream->_cnt -= (int)part;
      done += part;
    } else {
      const int c = _filbuf(stream);
      if (c == EOF) break;
      at[done++] = (char)c;
    }
  }
  crt_unlock(LOCK_STREAMS);
  return done / size;
}

int fputs(const char* text, FILE* stream) {
  if (!text || !stream) {
    crt_invalid_parameter();
    return EOF;
  }
  const size_t length = strlen(text);
  crt_begin_output(stream);
  const size_t done = crt_put_bytes(text, length, stream);
  crt_end_output(stream);
  return done == length ? 0 : EOF;
}

int puts(const char* text) {
  if (!text) {
    crt_invalid_parameter();
    return EOF;
  }
  const size_t length = strlen(text);
  crt_begin_output(stdout);
  const int done = crt_put_bytes(text, length, stdout) == length && crt_put('\n', stdout) != EOF;
  crt_end_output(stdout);
  return done ? 0 : EOF;
}

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
