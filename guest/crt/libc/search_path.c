/* _searchenv: a file in the current folder, or in those that a variable lists (documented). */
#include <io.h>

#include "names.h"

/* One folder of the list and the name, when there is such a file. */
static int try_folder(const wchar_t* folder, size_t length, const wchar_t* name, wchar_t* to,
                      size_t room) {
  const size_t name_length = wcslen(name);
  const int slash = length > 0 && folder[length - 1] != '\\' && folder[length - 1] != '/';
  if (length + (size_t)slash + name_length >= room) return 0;
  for (size_t i = 0; i < length; ++i) to[i] = folder[i];
  if (slash) to[length++] = '\\';
  wcscpy(to + length, name);
  return _waccess(to, 0) == 0;
}

errno_t _wsearchenv_s(const wchar_t* name, const wchar_t* variable, wchar_t* to, size_t room) {
  if (to && room > 0) to[0] = 0;
  if (!name || !to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  if (*name && _waccess(name, 0) == 0) return _wfullpath(to, name, room) ? 0 : errno;
  const wchar_t* list = *name && variable ? _wgetenv(variable) : 0;
  while (list && *list) {
    const size_t length = wcscspn(list, L";");
    if (length > 0 && try_folder(list, length, name, to, room)) return 0;
    list += length;
    if (*list) ++list;
  }
  to[0] = 0;
  return errno = ENOENT;
}
void _wsearchenv(const wchar_t* name, const wchar_t* variable, wchar_t* to) {
  _wsearchenv_s(name, variable, to, _MAX_PATH);
}

errno_t _searchenv_s(const char* name, const char* variable, char* to, size_t room) {
  wchar_t found[_MAX_PATH];
  if (to && room > 0) to[0] = 0;
  if (!name || !to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  wchar_t *wide = crt_wide_name(name), *wide_variable = variable ? crt_wide_name(variable) : 0;
  const size_t most = room < _MAX_PATH ? room : _MAX_PATH;
  const errno_t error = wide ? _wsearchenv_s(wide, wide_variable, found, most) : ENOMEM;
  free(wide);
  free(wide_variable);
  for (size_t i = 0; !error && i <= wcslen(found); ++i) to[i] = crt_narrow_character(found[i]);
  return error;
}
void _searchenv(const char* name, const char* variable, char* to) {
  _searchenv_s(name, variable, to, _MAX_PATH);
}
