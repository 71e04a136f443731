/* Streams on files: opening, closing, the place in the file, the state. */
#include <fcntl.h>
#include <io.h>

#include "files.h"
#include "streams.h"

wchar_t* crt_wide_name(const char* name);

int _commode;
int* __p__commode(void) {
  return &_commode;
}

/* The flags of a mode such as "r+b"; -1: no such mode. `stream_flags`: what the FILE is for. */
static int mode_flags(const wchar_t* mode, int* stream_flags) {
  int flags;
  while (*mode == ' ') ++mode;
  switch (*mode++) {
    case 'r':
      flags = _O_RDONLY;
      *stream_flags = STREAM_READ;
      break;
    case 'w':
      flags = _O_WRONLY | _O_CREAT | _O_TRUNC;
      *stream_flags = STREAM_WRITE;
      break;
    case 'a':
      flags = _O_WRONLY | _O_CREAT | _O_APPEND;
      *stream_flags = STREAM_WRITE;
      break;
    default:
      return -1;
  }
  for (; *mode && *mode != ','; ++mode) {
    switch (*mode) {
      case '+':
        flags = (flags & ~_O_WRONLY) | _O_RDWR;
        *stream_flags = STREAM_BOTH;
        break;
      case 'b':
        flags |= _O_BINARY;
        break;
      case 't':
        flags |= _O_TEXT;
        break;
      case 'x': /* C11: the file must not be there */
        flags |= _O_EXCL;
        break;
      case 'c': /* commit, no commit, access patterns, short-lived, not inherited */
      case 'n':
      case 'S':
      case 'R':
      case 'T':
      case 'D':
      case 'N':
      case ' ':
        break;
      default:
        return -1;
    }
  }
  return flags;
}

static FILE* open_on(FILE* stream, const wchar_t* name, const wchar_t* mode) {
  int stream_flags = 0;
  const int flags = mode ? mode_flags(mode, &stream_flags) : -1;
  if (!name || flags < 0) {
    crt_invalid_parameter();
    return 0;
  }
  const int file = crt_open(name, flags);
  if (file < 0) return 0;
  *stream = (FILE){._flag = stream_flags, ._file = file};
  return stream;
}

FILE* _wfopen(const wchar_t* name, const wchar_t* mode) {
  crt_lock(LOCK_STREAMS);
  FILE* stream = crt_take_stream();
  if (!stream) {
    errno = EMFILE;
  } else if (!open_on(stream, name, mode)) {
    stream->_flag = 0;
    stream = 0;
  }
  crt_unlock(LOCK_STREAMS);
  return stream;
}

FILE* fopen(const char* name, const char* mode) {
  wchar_t *wide = crt_wide_name(name), *wide_mode = crt_wide_name(mode);
  FILE* stream = wide && wide_mode ? _wfopen(wide, wide_mode) : 0;
  free(wide);
  free(wide_mode);
  return stream;
}

FILE* _fsopen(const char* name, const char* mode, int sharing) {
  return fopen(name, mode);
}

errno_t fopen_s(FILE** stream, const char* name, const char* mode) {
  if (!stream) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *stream = fopen(name, mode);
  return *stream ? 0 : errno;
}

FILE* _wfdopen(int file, const wchar_t* mode) {
  int stream_flags = 0;
  if (!crt_file(file)) return 0;
  if (!mode || mode_flags(mode, &stream_flags) < 0) {
    crt_invalid_parameter();
    return 0;
  }
  crt_lock(LOCK_STREAMS);
  FILE* stream = crt_take_stream();
  if (stream) *stream = (FILE){._flag = stream_flags, ._file = file};
  crt_unlock(LOCK_STREAMS);
  if (!stream) errno = EMFILE;
  return stream;
}

FILE* _fdopen(int file, const char* mode) {
  wchar_t* wide = crt_wide_name(mode);
  FILE* stream = wide ? _wfdopen(file, wide) : 0;
  free(wide);
  return stream;
}

int fclose(FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return EOF;
  }
  int result = EOF;
  crt_lock(LOCK_STREAMS);
  if (stream->_flag & STREAM_IN_USE) {
    result = crt_flush(stream);
    if (stream->_flag & STREAM_OWN_BUFFER) free(stream->_base);
    if (_close(stream->_file) < 0) result = EOF;
  }
  *stream = (FILE){._file = -1};
  crt_unlock(LOCK_STREAMS);
  return result;
}

FILE* _wfreopen(const wchar_t* name, const wchar_t* mode, FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return 0;
  }
  crt_lock(LOCK_STREAMS);
  const int number = stream->_file;
  if (stream->_flag & STREAM_IN_USE) fclose(stream);
  FILE* opened = open_on(stream, name, mode);
  /* A standard stream stays on its number, which programs may rely on. */
  if (opened && number >= 0 && number < 3 && stream->_file != number) {
    if (_dup2(stream->_file, number) == 0) {
      _close(stream->_file);
      stream->_file = number;
    }
  }
  crt_unlock(LOCK_STREAMS);
  return opened;
}

FILE* freopen(const char* name, const char* mode, FILE* stream) {
  wchar_t *wide = crt_wide_name(name), *wide_mode = crt_wide_name(mode);
  FILE* opened = wide && wide_mode ? _wfreopen(wide, wide_mode, stream) : 0;
  free(wide);
  free(wide_mode);
  return opened;
}

int _fileno(FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return -1;
  }
  return stream->_file;
}
int feof(FILE* stream) {
  return stream->_flag & STREAM_EOF;
}
int ferror(FILE* stream) {
  return stream->_flag & STREAM_ERROR;
}
void clearerr(FILE* stream) {
  stream->_flag &= ~(STREAM_EOF | STREAM_ERROR);
}

/* How far into the file the next character is. In text mode each LF in the buffer was CR LF in the
 * file (a file that holds lone LFs is off by them, which the documentation warns of). */
int64_t _ftelli64(FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return -1;
  }
  crt_lock(LOCK_STREAMS);
  int64_t place = _telli64(stream->_file);
  if (place >= 0 && stream->_base) {
    const struct crt_file* file = crt_file(stream->_file);
    const int writing = stream->_flag & STREAM_WRITE;
    const char* from = writing ? stream->_base : stream->_ptr;
    const char* to = writing ? stream->_ptr : stream->_ptr + stream->_cnt;
    int64_t bytes = to - from;
    if (file && (file->flags & FILE_TEXT)) {
      for (; from < to; ++from) bytes += *from == '\n';
    }
    place += writing ? bytes : -bytes;
    if (file && file->kept >= 0) --place;
  }
  crt_unlock(LOCK_STREAMS);
  return place;
}
long ftell(FILE* stream) {
  return (long)_ftelli64(stream);
}

int _fseeki64(FILE* stream, int64_t offset, int origin) {
  if (!stream || origin < SEEK_SET || origin > SEEK_END) {
    crt_invalid_parameter();
    return -1;
  }
  crt_lock(LOCK_STREAMS);
  stream->_flag &= ~STREAM_EOF;
  if (origin == SEEK_CUR) {
    offset += _ftelli64(stream);
    origin = SEEK_SET;
  }
  crt_flush(stream);
  if (stream->_flag & STREAM_BOTH) stream->_flag &= ~(STREAM_READ | STREAM_WRITE);
  const int64_t place = _lseeki64(stream->_file, offset, origin);
  crt_unlock(LOCK_STREAMS);
  return place < 0 ? -1 : 0;
}
int fseek(FILE* stream, long offset, int origin) {
  return _fseeki64(stream, offset, origin);
}

void rewind(FILE* stream) {
  if (_fseeki64(stream, 0, SEEK_SET) == 0) clearerr(stream);
}

int fgetpos(FILE* stream, fpos_t* position) {
  if (!position) {
    crt_invalid_parameter();
    return -1;
  }
  *position = _ftelli64(stream);
  return *position < 0 ? -1 : 0;
}
int fsetpos(FILE* stream, const fpos_t* position) {
  if (!position) {
    crt_invalid_parameter();
    return -1;
  }
  return _fseeki64(stream, *position, SEEK_SET);
}
