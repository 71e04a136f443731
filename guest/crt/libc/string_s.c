/* strcpy_s, memcpy_s and their kin. */
#include "crt.h"

void _invalid_parameter_noinfo(void);

#define CHAR char
#define CHARACTER int
#define NAME(rest) str##rest
#define NAME_(rest) _str##rest
#include "string_s.inc"

errno_t memmove_s(void* to, size_t room, const void* from, size_t count) {
  if (count == 0) return 0;
  if (!to || !from || room < count) {
    errno = to && from ? ERANGE : EINVAL;
    const errno_t error = errno;
    _invalid_parameter_noinfo();
    return errno = error;
  }
  memmove(to, from, count);
  return 0;
}
errno_t memcpy_s(void* to, size_t room, const void* from, size_t count) {
  if (count > 0 && to && (!from || room < count)) memset(to, 0, room);
  return memmove_s(to, room, from, count);
}
