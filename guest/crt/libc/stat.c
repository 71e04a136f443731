/* _stat and _fstat in the forms that their structures have: times of 32 and 64 bits, sizes of 32
 * and 64 (documented under _stat and _fstat). */
#include <sys/stat.h>

#include "file_facts.h"
#include "files.h"
#include "names.h"

#define UNIX_EPOCH 116444736000000000

int64_t crt_seconds(LARGE_INTEGER time) {
  return time == 0 ? -1 : (time - UNIX_EPOCH) / 10000000;
}
static LARGE_INTEGER joined(const DWORD time[2]) {
  return (LARGE_INTEGER)((uint64_t)time[1] << 32 | time[0]);
}
void crt_file_facts(const WIN32_FILE_ATTRIBUTE_DATA* data, struct crt_file_facts* to) {
  to->attributes = data->Attributes;
  to->created = crt_seconds(joined(data->Created));
  to->accessed = crt_seconds(joined(data->Accessed));
  to->written = crt_seconds(joined(data->Written));
  to->size = (int64_t)((uint64_t)data->SizeHigh << 32 | data->SizeLow);
}

struct facts {
  unsigned device; /* 0 is A: */
  unsigned short mode;
  struct crt_file_facts file;
};

/* The owner's permissions are everybody's. */
static unsigned short mode_of(DWORD attributes, unsigned kind) {
  unsigned own = kind | _S_IREAD;
  if (!(attributes & FILE_ATTRIBUTE_READONLY)) own |= _S_IWRITE;
  return (unsigned short)(own | (own & 0700) >> 3 | (own & 0700) >> 6);
}

static int is_program(const wchar_t* name) {
  const wchar_t* dot = wcsrchr(name, '.');
  return dot && (!_wcsicmp(dot, L".exe") || !_wcsicmp(dot, L".com") || !_wcsicmp(dot, L".bat") ||
                 !_wcsicmp(dot, L".cmd"));
}

static int no_file(void) {
  errno = ENOENT;
  _doserrno = 2;
  return 0;
}

static int facts_of_name(const wchar_t* name, struct facts* to) {
  WIN32_FILE_ATTRIBUTE_DATA data;
  wchar_t full[1024];
  const size_t length = wcslen(name);
  const int slash = length > 0 && (name[length - 1] == '\\' || name[length - 1] == '/');
  /* Documented for the libraries before the UCRT: no slash at the end, but after a root. */
  const int root = length == 1 || (length == 3 && name[1] == ':');
  if (wcspbrk(name, L"*?") || (CRT_MSVCRT && slash && !root)) return no_file();
  if (!GetFileAttributesExW(name, 0, &data)) return crt_done(FALSE) == 0;
  crt_file_facts(&data, &to->file);
  unsigned kind = _S_IFREG;
  if (data.Attributes & FILE_ATTRIBUTE_DIRECTORY) {
    kind = _S_IFDIR | _S_IEXEC;
    to->file.size = 0;
  } else if (is_program(name)) {
    kind |= _S_IEXEC;
  }
  to->mode = mode_of(data.Attributes, kind);
  to->device = 0;
  if (GetFullPathNameW(name, 1024, full, 0) && full[1] == ':') {
    to->device = (unsigned)((full[0] | 0x20) - 'a');
  }
  return 1;
}

static int facts_of_number(int number, struct facts* to) {
  const struct crt_file* file = crt_file(number);
  if (!file) return 0;
  *to = (struct facts){.device = 0};
  const DWORD type = GetFileType(file->handle);
  if (type == FILE_TYPE_CHAR || type == FILE_TYPE_PIPE) {
    to->device = (unsigned)number;
    to->mode = type == FILE_TYPE_CHAR ? _S_IFCHR : _S_IFIFO;
    return 1;
  }
  FILE_NETWORK_OPEN_INFORMATION found;
  PVOID status[2];
  if (NtQueryInformationFile(file->handle, status, &found, sizeof found,
                             FileNetworkOpenInformation) < 0) {
    errno = EBADF;
    return 0;
  }
  to->file =
      (struct crt_file_facts){found.Attributes, crt_seconds(found.Created),
                              crt_seconds(found.Accessed), crt_seconds(found.Written), found.Size};
  to->mode = mode_of(found.Attributes, _S_IFREG);
  return 1;
}

/* The three functions of one structure. */
#define STAT(structure, size_limit, stat_name, wide_name, number_name)           \
  static int fill_##structure(const struct facts* facts, struct structure* to) { \
    if (facts->file.size > (size_limit)) {                                       \
      errno = EOVERFLOW;                                                         \
      return -1;                                                                 \
    }                                                                            \
    memset(to, 0, sizeof *to);                                                   \
    to->st_dev = to->st_rdev = facts->device;                                    \
    to->st_mode = facts->mode;                                                   \
    to->st_nlink = 1;                                                            \
    to->st_size = (__typeof__(to->st_size))facts->file.size;                     \
    to->st_atime = (__typeof__(to->st_atime))facts->file.accessed;               \
    to->st_mtime = (__typeof__(to->st_atime))facts->file.written;                \
    to->st_ctime = (__typeof__(to->st_atime))facts->file.created;                \
    return 0;                                                                    \
  }                                                                              \
  int wide_name(const wchar_t* name, struct structure* to) {                     \
    struct facts facts;                                                          \
    if (!name || !to) {                                                          \
      crt_invalid_parameter();                                                   \
      return -1;                                                                 \
    }                                                                            \
    return facts_of_name(name, &facts) ? fill_##structure(&facts, to) : -1;      \
  }                                                                              \
  int stat_name(const char* name, struct structure* to) {                        \
    WITH_WIDE_NAME(int, -1, name, wide_name(wide, to));                          \
  }                                                                              \
  int number_name(int number, struct structure* to) {                            \
    struct facts facts;                                                          \
    if (!to) {                                                                   \
      crt_invalid_parameter();                                                   \
      return -1;                                                                 \
    }                                                                            \
    return facts_of_number(number, &facts) ? fill_##structure(&facts, to) : -1;  \
  }

STAT(_stat32, INT32_MAX, _stat32, _wstat32, _fstat32)
STAT(_stat32i64, INT64_MAX, _stat32i64, _wstat32i64, _fstat32i64)
STAT(_stat64i32, INT32_MAX, _stat64i32, _wstat64i32, _fstat64i32)
STAT(_stat64, INT64_MAX, _stat64, _wstat64, _fstat64)
