/* _read, _write and their kin: numbers for handles, and lines that end with CR LF in text mode
 * (documented under _setmode and _open). */
#include "files.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>

#include "stream_unicode.h"

#define CTRL_Z 0x1a

static struct crt_file files[MOST_FILES];

struct crt_file* crt_file(int number) {
  if ((unsigned)number < MOST_FILES && (files[number].flags & FILE_OPEN)) return &files[number];
  _doserrno = 0;
  errno = EBADF;
  /* -2 is the number of a standard stream of a program without a console. */
  if (number != -2) _invalid_parameter_noinfo();
  errno = EBADF;
  return 0;
}

/* The lab's standard handles are taken for a console's: what goes to it is not held back. */
void crt_make_files(void) {
  for (int i = 0; i < 3; ++i) {
    const HANDLE handle = GetStdHandle(STD_INPUT_HANDLE - (DWORD)i);
    if (!handle || handle == (HANDLE)-1) continue;
    files[i] = (struct crt_file){handle, FILE_OPEN | FILE_TEXT | FILE_DEVICE, -1};
  }
}

int _open_osfhandle(intptr_t handle, int flags) {
  for (int i = 0; i < MOST_FILES; ++i) {
    if (files[i].flags & FILE_OPEN) continue;
    unsigned own = FILE_OPEN;
    own |= crt_mode_flags(flags, 0);
    if (flags & _O_APPEND) own |= FILE_APPEND;
    files[i] = (struct crt_file){(HANDLE)handle, own, -1};
    return i;
  }
  errno = EMFILE;
  return -1;
}

intptr_t _get_osfhandle(int number) {
  const struct crt_file* file = crt_file(number);
  return file ? (intptr_t)file->handle : -1;
}

int _close(int number) {
  struct crt_file* file = crt_file(number);
  if (!file) return -1;
  file->flags = 0;
  if (CloseHandle(file->handle)) return 0;
  crt_set_os_error(GetLastError());
  return -1;
}

int _setmode(int number, int mode) {
  struct crt_file* file = crt_file(number);
  if (!file) return -1;
  if (mode != _O_TEXT && mode != _O_BINARY && mode != _O_WTEXT && mode != _O_U16TEXT &&
      mode != _O_U8TEXT) {
    crt_invalid_parameter();
    return -1;
  }
  const int before = file->flags & FILE_UTF16  ? _O_WTEXT
                     : file->flags & FILE_UTF8 ? _O_U8TEXT
                     : file->flags & FILE_TEXT ? _O_TEXT
                                               : _O_BINARY;
  file->flags &= ~(unsigned)(FILE_TEXT | FILE_UTF16 | FILE_UTF8);
  file->flags |= crt_mode_flags(mode, file->flags);
  return before;
}

int64_t _lseeki64(int number, int64_t offset, int origin) {
  struct crt_file* file = crt_file(number);
  if (!file) return -1;
  int64_t position = 0;
  if (!SetFilePointerEx(file->handle, offset, &position, (DWORD)origin)) {
    crt_set_os_error(GetLastError());
    return -1;
  }
  file->flags &= ~(unsigned)FILE_AT_END;
  file->kept = -1;
  return position;
}
long _lseek(int number, long offset, int origin) {
  return (long)_lseeki64(number, offset, origin);
}
int64_t _telli64(int number) {
  return _lseeki64(number, 0, SEEK_CUR);
}
long _tell(int number) {
  return (long)_telli64(number);
}

/* Bytes as they are; -1 with errno set. */
static int write_bytes(struct crt_file* file, const void* from, unsigned bytes) {
  DWORD written = 0;
  if (WriteFile(file->handle, from, bytes, &written, 0)) return (int)written;
  crt_set_os_error(GetLastError());
  if (_doserrno == ERROR_ACCESS_DENIED) errno = EBADF; /* documented: not open for writing */
  return -1;
}

/* Lines of text: LF becomes CR LF. The count is that of the caller's bytes. */
static int write_text(struct crt_file* file, const char* from, unsigned bytes) {
  char chunk[512];
  unsigned done = 0;
  while (done < bytes) {
    unsigned length = 0, taken = 0;
    for (; done + taken < bytes && length < sizeof chunk - 1; ++taken) {
      if (from[done + taken] == '\n') chunk[length++] = '\r';
      chunk[length++] = from[done + taken];
    }
    const int written = write_bytes(file, chunk, length);
    if (written < 0) return done ? (int)done : -1;
    if ((unsigned)written < length) break;
    done += taken;
  }
  return (int)done;
}

int _write(int number, const void* from, unsigned bytes) {
  struct crt_file* file = crt_file(number);
  if (!file) return -1;
  if (bytes == 0) return 0;
  if (file->flags & FILE_APPEND) _lseeki64(number, 0, SEEK_END);
  const int written =
      file->flags & FILE_TEXT ? write_text(file, from, bytes) : write_bytes(file, from, bytes);
  if (written == 0) {
    errno = ENOSPC;
    return -1;
  }
  return written;
}

/* Bytes as they are, the one that was read ahead first. */
static int read_bytes(struct crt_file* file, unsigned char* to, unsigned bytes) {
  DWORD read = 0;
  if (file->kept >= 0) {
    to[0] = (unsigned char)file->kept;
    file->kept = -1;
    return 1;
  }
  if (ReadFile(file->handle, to, bytes, &read, 0)) return (int)read;
  const DWORD error = GetLastError();
  if (error == ERROR_BROKEN_PIPE) return 0;
  crt_set_os_error(error);
  if (error == ERROR_ACCESS_DENIED) errno = EBADF;
  return -1;
}

/* What follows a CR at the end of what was read: LF is taken, anything else is kept for later. */
static int line_feed_follows(struct crt_file* file) {
  unsigned char next;
  if (read_bytes(file, &next, 1) != 1) return 0;
  if (next == '\n') return 1;
  file->kept = next;
  return 0;
}

/* CR LF becomes LF, in place; Ctrl-Z is the end of the file. */
static int translate(struct crt_file* file, unsigned char* text, int length) {
  int kept = 0;
  for (int i = 0; i < length; ++i) {
    if (text[i] == CTRL_Z) {
      file->flags |= FILE_AT_END;
      break;
    }
    if (text[i] == '\r') {
      if (i + 1 < length) {
        if (text[i + 1] == '\n') continue;
      } else if (line_feed_follows(file)) {
        text[i] = '\n';
      }
    }
    text[kept++] = text[i];
  }
  return kept;
}

int _read(int number, void* to, unsigned bytes) {
  struct crt_file* file = crt_file(number);
  if (!file) return -1;
  if (bytes == 0 || (file->flags & FILE_AT_END)) return 0;
  if (bytes > INT_MAX) {
    crt_invalid_parameter();
    return -1;
  }
  const int length = read_bytes(file, to, bytes);
  if (length <= 0 || !(file->flags & FILE_TEXT)) return length;
  return translate(file, to, length);
}

int _isatty(int number) {
  const struct crt_file* file = crt_file(number);
  return file && (file->flags & FILE_DEVICE) ? FILE_DEVICE : 0;
}

int _commit(int number) {
  const struct crt_file* file = crt_file(number);
  if (!file) return -1;
  if (FlushFileBuffers(file->handle)) return 0;
  errno = EBADF;
  return -1;
}

int64_t _filelengthi64(int number) {
  const int64_t here = _telli64(number);
  if (here < 0) return -1;
  const int64_t length = _lseeki64(number, 0, SEEK_END);
  _lseeki64(number, here, SEEK_SET);
  return length;
}
long _filelength(int number) {
  return (long)_filelengthi64(number);
}

/* What is new at the end is zeros; the place in the file stays. */
errno_t _chsize_s(int number, int64_t bytes) {
  struct crt_file* file = crt_file(number);
  if (!file) return EBADF;
  if (bytes < 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  const int64_t here = _telli64(number);
  if (here < 0 || _lseeki64(number, bytes, SEEK_SET) < 0) return errno;
  const int changed = SetEndOfFile(file->handle);
  if (!changed) {
    crt_set_os_error(GetLastError());
    if (_doserrno == ERROR_ACCESS_DENIED) errno = EBADF; /* not open for writing */
  }
  const int error = errno;
  _lseeki64(number, here, SEEK_SET);
  return changed ? 0 : (errno = error);
}
int _chsize(int number, long bytes) {
  return _chsize_s(number, bytes) == 0 ? 0 : -1;
}

int _eof(int number) {
  const int64_t here = _telli64(number);
  if (here < 0) return -1;
  return here >= _filelengthi64(number);
}

/* Two numbers for one file: each has a handle of its own. */
int _dup2(int from, int to) {
  struct crt_file* file = crt_file(from);
  if (!file) return -1;
  if ((unsigned)to >= MOST_FILES) {
    errno = EBADF;
    return -1;
  }
  if (from == to) return 0;
  HANDLE handle;
  if (!DuplicateHandle(GetCurrentProcess(), file->handle, GetCurrentProcess(), &handle, 0, TRUE,
                       DUPLICATE_SAME_ACCESS)) {
    crt_set_os_error(GetLastError());
    return -1;
  }
  if (files[to].flags & FILE_OPEN) _close(to);
  files[to] = *file;
  files[to].handle = handle;
  return 0;
}

int _dup(int from) {
  for (int i = 0; i < MOST_FILES; ++i) {
    if (!(files[i].flags & FILE_OPEN)) return _dup2(from, i) == 0 ? i : -1;
  }
  errno = EMFILE;
  return -1;
}
