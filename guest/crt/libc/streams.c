/* The streams themselves: the table, buffers, filling and flushing. */
#include "streams.h"

#include <io.h>

#include "files.h"

#define MOST_STREAMS MOST_FILES
#define STATIC_STREAMS 20 /* what _iob has room for */

FILE _iob[STATIC_STREAMS];
static FILE* more[MOST_STREAMS - STATIC_STREAMS];
static int most_streams = 512; /* documented under _setmaxstdio */

void crt_make_streams(void) {
  for (int i = 0; i < STATIC_STREAMS; ++i) _iob[i]._file = -1;
  for (int i = 0; i < 3; ++i) {
    _iob[i]._file = i;
    _iob[i]._flag = i == 0 ? STREAM_READ : STREAM_WRITE;
  }
  /* Nothing of what goes to a console is held back from one call to the next. */
  _iob[1]._flag |= STREAM_UNBUFFERED;
  _iob[2]._flag |= STREAM_UNBUFFERED;
}

FILE* __iob_func(void) {
  return _iob;
}
FILE* __p__iob(void) {
  return _iob;
}
FILE* __acrt_iob_func(unsigned index) {
  return &_iob[index];
}

int _getmaxstdio(void) {
  return most_streams;
}
int _setmaxstdio(int most) {
  if (most < STATIC_STREAMS || most > MOST_STREAMS) {
    crt_invalid_parameter();
    return -1;
  }
  return most_streams = most;
}

FILE* crt_stream(int index) {
  if (index < STATIC_STREAMS) return &_iob[index];
  if (index >= most_streams) return 0;
  FILE** slot = &more[index - STATIC_STREAMS];
  if (!*slot) *slot = calloc(1, sizeof **slot);
  return *slot;
}

FILE* crt_take_stream(void) {
  for (int i = 3; i < most_streams; ++i) {
    FILE* stream = crt_stream(i);
    if (!stream) return 0;
    if (stream->_flag & STREAM_IN_USE) continue;
    *stream = (FILE){._flag = STREAM_READ, ._file = -1};
    return stream;
  }
  return 0;
}

static void take_buffer(FILE* stream) {
  if (stream->_base || (stream->_flag & STREAM_UNBUFFERED)) return;
  char* buffer = malloc(STREAM_BUFFER);
  if (!buffer) {
    stream->_flag |= STREAM_UNBUFFERED;
    return;
  }
  stream->_base = stream->_ptr = buffer;
  stream->_bufsiz = STREAM_BUFFER;
  stream->_flag |= STREAM_OWN_BUFFER;
}

int crt_flush(FILE* stream) {
  int result = 0;
  if ((stream->_flag & (STREAM_READ | STREAM_WRITE)) == STREAM_WRITE && stream->_base) {
    const int bytes = (int)(stream->_ptr - stream->_base);
    if (bytes > 0) {
      if (_write(stream->_file, stream->_base, (unsigned)bytes) != bytes) {
        stream->_flag |= STREAM_ERROR;
        result = EOF;
      }
    }
  }
  if (stream->_flag & STREAM_BOTH) stream->_flag &= ~STREAM_WRITE;
  stream->_ptr = stream->_base;
  stream->_cnt = 0;
  return result;
}

static int fail(FILE* stream) {
  stream->_flag |= STREAM_ERROR;
  stream->_cnt = 0;
  return EOF;
}

/* Called when a read found the buffer empty: fills it and gives its first character. */
int _filbuf(FILE* stream) {
  stream->_cnt = 0;
  if (!(stream->_flag & STREAM_IN_USE) || (stream->_flag & STREAM_STRING)) return EOF;
  if (stream->_flag & STREAM_WRITE) {
    errno = EBADF;
    return fail(stream);
  }
  stream->_flag |= STREAM_READ;
  take_buffer(stream);
  unsigned char one;
  void* to = stream->_base ? (void*)stream->_base : &one;
  const int read = _read(stream->_file, to, stream->_base ? (unsigned)stream->_bufsiz : 1);
  if (read <= 0) {
    stream->_flag |= read == 0 ? STREAM_EOF : STREAM_ERROR;
    return EOF;
  }
  if (!stream->_base) return one;
  stream->_cnt = read - 1;
  stream->_ptr = stream->_base + 1;
  return (unsigned char)stream->_base[0];
}

/* Called when a write found the buffer full: empties it and puts the character. */
int _flsbuf(int c, FILE* stream) {
  const char character = (char)c;
  stream->_cnt = 0;
  if (!(stream->_flag & (STREAM_WRITE | STREAM_BOTH)) || (stream->_flag & STREAM_STRING)) {
    errno = stream->_flag & STREAM_STRING ? ERANGE : EBADF;
    return fail(stream);
  }
  if (stream->_flag & STREAM_READ) {
    /* From reading to writing without a seek: allowed at the end of the file. */
    if (!(stream->_flag & STREAM_EOF)) return fail(stream);
    stream->_ptr = stream->_base;
    stream->_flag &= ~STREAM_READ;
  }
  stream->_flag = (stream->_flag | STREAM_WRITE) & ~STREAM_EOF;
  take_buffer(stream);
  if (!stream->_base) {
    if (_write(stream->_file, &character, 1) != 1) return fail(stream);
    return (unsigned char)c;
  }
  const int bytes = (int)(stream->_ptr - stream->_base);
  if (bytes > 0 && _write(stream->_file, stream->_base, (unsigned)bytes) != bytes) {
    return fail(stream);
  }
  stream->_base[0] = character;
  stream->_ptr = stream->_base + 1;
  stream->_cnt = stream->_bufsiz - 1;
  return (unsigned char)c;
}

static char temporary[3][STREAM_BUFFER];

void crt_begin_output(FILE* stream) {
  crt_lock(LOCK_STREAMS);
  const int index = (int)(stream - _iob);
  if (index < 1 || index > 2 || stream->_base) return;
  if (!(stream->_flag & STREAM_UNBUFFERED) || !(stream->_flag & STREAM_WRITE)) return;
  stream->_base = stream->_ptr = temporary[index];
  stream->_cnt = stream->_bufsiz = STREAM_BUFFER;
  stream->_flag |= STREAM_TEMPORARY;
}

void crt_end_output(FILE* stream) {
  if (stream->_flag & STREAM_TEMPORARY) {
    crt_flush(stream);
    stream->_base = stream->_ptr = 0;
    stream->_cnt = stream->_bufsiz = 0;
    stream->_flag &= ~STREAM_TEMPORARY;
  }
  crt_unlock(LOCK_STREAMS);
}

int setvbuf(FILE* stream, char* buffer, int mode, size_t bytes) {
  const int buffered = mode == _IOFBF || mode == _IOLBF; /* the same to Microsoft's runtime */
  if (!stream || (!buffered && mode != _IONBF) || (buffered && (bytes < 2 || bytes > INT_MAX))) {
    crt_invalid_parameter();
    return -1;
  }
  crt_lock(LOCK_STREAMS);
  crt_flush(stream);
  if (stream->_flag & STREAM_OWN_BUFFER) free(stream->_base);
  stream->_flag &= ~(STREAM_OWN_BUFFER | STREAM_UNBUFFERED);
  stream->_base = 0;
  int result = 0;
  if (buffered) {
    if (!buffer) {
      buffer = malloc(bytes);
      if (buffer) stream->_flag |= STREAM_OWN_BUFFER;
    }
    stream->_base = buffer;
    stream->_bufsiz = buffer ? (int)bytes : 0;
    if (!buffer) result = -1;
  } else {
    stream->_flag |= STREAM_UNBUFFERED;
    stream->_bufsiz = 0;
  }
  stream->_ptr = stream->_base;
  stream->_cnt = 0;
  crt_unlock(LOCK_STREAMS);
  return result;
}

void setbuf(FILE* stream, char* buffer) {
  setvbuf(stream, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

int crt_for_each_stream(int (*act)(FILE*)) {
  int count = 0;
  for (int i = 0; i < MOST_STREAMS; ++i) {
    FILE* stream = i < STATIC_STREAMS ? &_iob[i] : more[i - STATIC_STREAMS];
    if (stream && (stream->_flag & STREAM_IN_USE) && act(stream) != EOF) ++count;
  }
  return count;
}

static int flush_writer(FILE* stream) {
  return stream->_flag & STREAM_WRITE ? crt_flush(stream) : 0;
}

int _flushall(void) {
  crt_lock(LOCK_STREAMS);
  const int count = crt_for_each_stream(crt_flush);
  crt_unlock(LOCK_STREAMS);
  return count;
}

int fflush(FILE* stream) {
  crt_lock(LOCK_STREAMS);
  int result = 0;
  if (stream) {
    result = crt_flush(stream);
  } else {
    crt_for_each_stream(flush_writer);
  }
  crt_unlock(LOCK_STREAMS);
  return result;
}

void crt_flush_streams(void) {
  crt_lock(LOCK_STREAMS);
  crt_for_each_stream(flush_writer);
  crt_unlock(LOCK_STREAMS);
}

static int close_file(FILE* stream) {
  const int index = (int)(stream - _iob);
  return index >= 0 && index < 3 ? EOF : fclose(stream);
}

int _fcloseall(void) {
  return crt_for_each_stream(close_file);
}
