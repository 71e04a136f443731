/* The place in a stream's file (documented under ftell, fseek, fgetpos). */
#include <io.h>

#include "files.h"
#include "streams.h"

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
