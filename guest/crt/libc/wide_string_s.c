/* wcscpy_s and its kin. */
#include "crt.h"

void _invalid_parameter_noinfo(void);

#define CHAR wchar_t
#define CHARACTER wchar_t
#define NAME(rest) wcs##rest
#define NAME_(rest) _wcs##rest
#include "string_s.inc"

errno_t wmemcpy_s(wchar_t* to, size_t room, const wchar_t* from, size_t count) {
  return memcpy_s(to, room * sizeof *to, from, count * sizeof *from);
}
errno_t wmemmove_s(wchar_t* to, size_t room, const wchar_t* from, size_t count) {
  return memmove_s(to, room * sizeof *to, from, count * sizeof *from);
}
