/* A registry whose predefined keys are empty, and in which the lab's user may write nothing: what
 * Microsoft documents for keys and values that are not there. Results are error codes; no last
 * error is set. */
#include "system/win32.h"

#define ERROR_SUCCESS 0
#define ERROR_FILE_NOT_FOUND 2
#define ERROR_ACCESS_DENIED 5
#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87
#define ERROR_NO_MORE_ITEMS 259

/* HKEY_CLASSES_ROOT to HKEY_CURRENT_USER_LOCAL_SETTINGS. */
static BOOL is_key(HANDLE key) {
  const ULONG_PTR value = (ULONG_PTR)key;
  return value >= 0x80000000u && value <= 0x80000007u;
}

/* No name at all is the key itself; any other is of a key that is not there. */
static LONG open_key(HANDLE key, BOOL has_name, HANDLE* opened) {
  if (!opened) return ERROR_INVALID_PARAMETER;
  if (!is_key(key)) return ERROR_INVALID_HANDLE;
  if (has_name) return ERROR_FILE_NOT_FOUND;
  *opened = key;
  return ERROR_SUCCESS;
}

#define FORMS(suffix, character)                                                                   \
  LONG WINAPI RegOpenKeyEx##suffix(HANDLE key, const character* name, DWORD options, DWORD access, \
                                   HANDLE* opened) {                                               \
    return open_key(key, name && *name, opened);                                                   \
  }                                                                                                \
  LONG WINAPI RegOpenKey##suffix(HANDLE key, const character* name, HANDLE* opened) {              \
    return open_key(key, name && *name, opened);                                                   \
  }                                                                                                \
  LONG WINAPI RegCreateKeyEx##suffix(HANDLE key, const character* name, DWORD reserved,            \
                                     const character* class_name, DWORD options, DWORD access,     \
                                     PVOID security, HANDLE* opened, DWORD* disposition) {         \
    return is_key(key) ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE;                               \
  }                                                                                                \
  LONG WINAPI RegCreateKey##suffix(HANDLE key, const character* name, HANDLE* opened) {            \
    return is_key(key) ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE;                               \
  }                                                                                                \
  LONG WINAPI RegQueryValueEx##suffix(HANDLE key, const character* name, DWORD* reserved,          \
                                      DWORD* type, BYTE* data, DWORD* bytes) {                     \
    if (!is_key(key)) return ERROR_INVALID_HANDLE;                                                 \
    return data && !bytes ? ERROR_INVALID_PARAMETER : ERROR_FILE_NOT_FOUND;                        \
  }                                                                                                \
  LONG WINAPI RegGetValue##suffix(HANDLE key, const character* name, const character* value,       \
                                  DWORD flags, DWORD* type, PVOID data, DWORD* bytes) {            \
    return is_key(key) ? ERROR_FILE_NOT_FOUND : ERROR_INVALID_HANDLE;                              \
  }                                                                                                \
  LONG WINAPI RegSetValueEx##suffix(HANDLE key, const character* name, DWORD reserved, DWORD type, \
                                    const BYTE* data, DWORD bytes) {                               \
    return is_key(key) ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE;                               \
  }                                                                                                \
  LONG WINAPI RegDeleteValue##suffix(HANDLE key, const character* name) {                          \
    return is_key(key) ? ERROR_FILE_NOT_FOUND : ERROR_INVALID_HANDLE;                              \
  }                                                                                                \
  LONG WINAPI RegDeleteKey##suffix(HANDLE key, const character* name) {                            \
    return is_key(key) ? ERROR_FILE_NOT_FOUND : ERROR_INVALID_HANDLE;                              \
  }                                                                                                \
  LONG WINAPI RegEnumKeyEx##suffix(HANDLE key, DWORD index, character* name, DWORD* length,        \
                                   DWORD* reserved, character* class_name, DWORD* class_length,    \
                                   PVOID written) {                                                \
    return is_key(key) ? ERROR_NO_MORE_ITEMS : ERROR_INVALID_HANDLE;                               \
  }                                                                                                \
  LONG WINAPI RegEnumValue##suffix(HANDLE key, DWORD index, character* name, DWORD* length,        \
                                   DWORD* reserved, DWORD* type, BYTE* data, DWORD* bytes) {       \
    return is_key(key) ? ERROR_NO_MORE_ITEMS : ERROR_INVALID_HANDLE;                               \
  }                                                                                                \
  LONG WINAPI RegQueryInfoKey##suffix(HANDLE key, character* class_name, DWORD* class_length,      \
                                      DWORD* reserved, DWORD* keys, DWORD* longest_key,            \
                                      DWORD* longest_class, DWORD* values, DWORD* longest_value,   \
                                      DWORD* longest_data, DWORD* security, DWORD* written) {      \
    DWORD* const counts[] = {keys,          longest_key,  longest_class, values,                   \
                             longest_value, longest_data, class_length};                           \
    if (!is_key(key)) return ERROR_INVALID_HANDLE;                                                 \
    if (class_name && class_length && *class_length) *class_name = 0;                              \
    for (ULONG i = 0; i < sizeof counts / sizeof counts[0]; ++i) {                                 \
      if (counts[i]) *counts[i] = 0;                                                               \
    }                                                                                              \
    if (security) *security = 0;                                                                   \
    if (written) written[0] = written[1] = 0;                                                      \
    return ERROR_SUCCESS;                                                                          \
  }
FORMS(A, char)
FORMS(W, WCHAR)

LONG WINAPI RegCloseKey(HANDLE key) {
  return is_key(key) ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}

LONG WINAPI RegFlushKey(HANDLE key) {
  return RegCloseKey(key);
}
