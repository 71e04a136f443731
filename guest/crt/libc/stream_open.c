/* Streams on files: opening, closing, the place in the file, the state. */
#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <sys/stat.h>

#include "files.h"
#include "names.h"
#include "streams.h"

wchar_t* crt_wide_name(const char* name);

int _commode;
int* __p__commode(void) {
  return &_commode;
}

/* "ccs=UTF-8" after a comma; -1: an encoding that there is not. */
static int encoding_flags(const wchar_t* at) {
  while (*at == ' ' || *at == ',') ++at;
  if (!*at) return 0;
  if (_wcsnicmp(at, L"ccs", 3) != 0) return -1;
  at += 3;
  while (*at == ' ' || *at == '=') ++at;
  if (_wcsnicmp(at, L"UTF-8", 5) == 0) return _O_U8TEXT;
  if (_wcsnicmp(at, L"UTF-16LE", 8) == 0) return _O_U16TEXT;
  return _wcsnicmp(at, L"UNICODE", 7) == 0 ? _O_WTEXT : -1;
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
      case 'D': /* removed when it is closed */
        flags |= _O_TEMPORARY;
        break;
      case 'c': /* commit, no commit, access patterns, short-lived, not inherited */
      case 'n':
      case 'S':
      case 'R':
      case 'T':
      case 'N':
      case ' ':
        break;
      default:
        return -1;
    }
  }
  const int encoding = encoding_flags(mode);
  return encoding < 0 ? -1 : flags | encoding;
}

static FILE* open_on(FILE* stream, const wchar_t* name, const wchar_t* mode, int sharing) {
  int stream_flags = 0;
  const int flags = mode ? mode_flags(mode, &stream_flags) : -1;
  if (!name || flags < 0) {
    crt_invalid_parameter();
    return 0;
  }
  const int file = crt_open_shared(name, flags, sharing, _S_IREAD | _S_IWRITE);
  if (file < 0) return 0;
  *stream = (FILE){._flag = stream_flags, ._file = file};
  return stream;
}

FILE* _wfsopen(const wchar_t* name, const wchar_t* mode, int sharing) {
  crt_lock(LOCK_STREAMS);
  FILE* stream = crt_take_stream();
  if (!stream) {
    errno = EMFILE;
  } else if (!open_on(stream, name, mode, sharing)) {
    stream->_flag = 0;
    stream = 0;
  }
  crt_unlock(LOCK_STREAMS);
  return stream;
}
FILE* _fsopen(const char* name, const char* mode, int sharing) {
  wchar_t *wide = crt_wide_name(name), *wide_mode = crt_wide_name(mode);
  FILE* stream = wide && wide_mode ? _wfsopen(wide, wide_mode, sharing) : 0;
  free(wide);
  free(wide_mode);
  return stream;
}
FILE* _wfopen(const wchar_t* name, const wchar_t* mode) {
  return _wfsopen(name, mode, _SH_DENYNO);
}
FILE* fopen(const char* name, const char* mode) {
  return _fsopen(name, mode, _SH_DENYNO);
}

/* What the _s functions open, others cannot write (documented). */
errno_t fopen_s(FILE** stream, const char* name, const char* mode) {
  if (!stream) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *stream = _fsopen(name, mode, _SH_SECURE);
  return *stream ? 0 : errno;
}
errno_t _wfopen_s(FILE** stream, const wchar_t* name, const wchar_t* mode) {
  if (!stream) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *stream = _wfsopen(name, mode, _SH_SECURE);
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
    free(stream->_tmpfname);
  }
  *stream = (FILE){._file = -1};
  crt_unlock(LOCK_STREAMS);
  return result;
}

static FILE* reopen(const wchar_t* name, const wchar_t* mode, FILE* stream, int sharing) {
  if (!stream) {
    crt_invalid_parameter();
    return 0;
  }
  crt_lock(LOCK_STREAMS);
  const int number = stream->_file;
  if (stream->_flag & STREAM_IN_USE) fclose(stream);
  FILE* opened = open_on(stream, name, mode, sharing);
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
static FILE* reopen_narrow(const char* name, const char* mode, FILE* stream, int sharing) {
  wchar_t *wide = crt_wide_name(name), *wide_mode = crt_wide_name(mode);
  FILE* opened = wide && wide_mode ? reopen(wide, wide_mode, stream, sharing) : 0;
  free(wide);
  free(wide_mode);
  return opened;
}
FILE* _wfreopen(const wchar_t* name, const wchar_t* mode, FILE* stream) {
  return reopen(name, mode, stream, _SH_DENYNO);
}
FILE* freopen(const char* name, const char* mode, FILE* stream) {
  return reopen_narrow(name, mode, stream, _SH_DENYNO);
}
errno_t _wfreopen_s(FILE** to, const wchar_t* name, const wchar_t* mode, FILE* stream) {
  if (!to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *to = reopen(name, mode, stream, _SH_SECURE);
  return *to ? 0 : errno;
}
errno_t freopen_s(FILE** to, const char* name, const char* mode, FILE* stream) {
  if (!to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *to = reopen_narrow(name, mode, stream, _SH_SECURE);
  return *to ? 0 : errno;
}

int _fileno(FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return -1;
  }
  return stream->_file;
}
int feof(FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return 0;
  }
  return stream->_flag & STREAM_EOF;
}
int ferror(FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return 0;
  }
  return stream->_flag & STREAM_ERROR;
}
void clearerr(FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return;
  }
  stream->_flag &= ~(STREAM_EOF | STREAM_ERROR);
}
errno_t clearerr_s(FILE* stream) {
  if (!stream) {
    crt_invalid_parameter();
    return EINVAL;
  }
  clearerr(stream);
  return 0;
}
