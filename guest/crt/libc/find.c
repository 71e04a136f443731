/* _findfirst, _findnext and _findclose, in the forms that their structures have. */
#include <io.h>

#include "file_facts.h"
#include "names.h"

static void copy_name(char* to, const wchar_t* from) {
  do *to++ = crt_narrow_character(*from);
  while (*from++);
}
static void copy_wide_name(wchar_t* to, const wchar_t* from) {
  wcscpy(to, from);
}

/* What the documentation names for a search that finds nothing, or nothing more. */
static int not_found(void) {
  crt_set_os_error(GetLastError());
  if (errno != ENOENT && errno != ENOMEM) errno = EINVAL;
  return -1;
}

static intptr_t start(const wchar_t* pattern, WIN32_FIND_DATAW* found) {
  const HANDLE search = FindFirstFileW(pattern, found);
  return search == (HANDLE)-1 ? not_found() : (intptr_t)search;
}
static intptr_t start_narrow(const char* pattern, WIN32_FIND_DATAW* found) {
  WITH_WIDE_NAME(intptr_t, -1, pattern, start(wide, found));
}

int _findclose(intptr_t search) {
  if (FindClose((HANDLE)search)) return 0;
  errno = EINVAL;
  return -1;
}

#define FIND(structure, first, next, character, starts, copies)                       \
  static void fill_##structure(const WIN32_FIND_DATAW* found, struct structure* to) { \
    struct crt_file_facts facts;                                                      \
    crt_file_facts(&found->Data, &facts);                                             \
    to->attrib = facts.attributes == FILE_ATTRIBUTE_NORMAL ? 0 : facts.attributes;    \
    to->time_create = (__typeof__(to->time_create))facts.created;                     \
    to->time_access = (__typeof__(to->time_create))facts.accessed;                    \
    to->time_write = (__typeof__(to->time_create))facts.written;                      \
    to->size = (__typeof__(to->size))facts.size;                                      \
    copies(to->name, found->FileName);                                                \
  }                                                                                   \
  intptr_t first(const character* pattern, struct structure* to) {                    \
    WIN32_FIND_DATAW found;                                                           \
    if (!pattern || !to) {                                                            \
      crt_invalid_parameter();                                                        \
      return -1;                                                                      \
    }                                                                                 \
    const intptr_t search = starts(pattern, &found);                                  \
    if (search != -1) fill_##structure(&found, to);                                   \
    return search;                                                                    \
  }                                                                                   \
  int next(intptr_t search, struct structure* to) {                                   \
    WIN32_FIND_DATAW found;                                                           \
    if (search == -1 || !to) {                                                        \
      crt_invalid_parameter();                                                        \
      return -1;                                                                      \
    }                                                                                 \
    if (!FindNextFileW((HANDLE)search, &found)) return not_found();                   \
    fill_##structure(&found, to);                                                     \
    return 0;                                                                         \
  }
#define FINDS(bits, narrow, wide)                                                \
  FIND(narrow, _findfirst##bits, _findnext##bits, char, start_narrow, copy_name) \
  FIND(wide, _wfindfirst##bits, _wfindnext##bits, wchar_t, start, copy_wide_name)

FINDS(32, _finddata32_t, _wfinddata32_t)
FINDS(32i64, _finddata32i64_t, _wfinddata32i64_t)
FINDS(64i32, _finddata64i32_t, _wfinddata64i32_t)
FINDS(64, __finddata64_t, _wfinddata64_t)
