/* Names of files as programs give them, made whole: relative to the current directory, with "."
 * and ".." gone. The tree itself is the host's, and so is every check of it. */
#include "system/kernel32/files.h"

static BOOL is_slash(WCHAR c) {
  return c == '\\' || c == '/';
}

/* Removes the last component of `to`, never the root's backslash. */
static ULONG up(const WCHAR* to, ULONG length) {
  while (length > 3 && to[length - 1] != '\\') --length;
  return length > 3 ? length - 1 : 3;
}

/* "C:\..." of at most `room` characters; 0: no file has such a name (with the last error). */
ULONG BasepFullPath(const WCHAR* name, WCHAR* to, ULONG room) {
  const UNICODE_STRING* current = &current_peb()->ProcessParameters->CurrentDirectoryPath;
  ULONG length = 0;
  DWORD error = 0;
  if (!name || !*name) {
    error = ERROR_PATH_NOT_FOUND;
  } else if (is_slash(name[0]) && is_slash(name[1])) {
    /* A share, or a device: neither is there. "\\?\" takes what follows as it is. */
    if ((name[2] == '?' || name[2] == '.') && is_slash(name[3]) && name[4] && name[5] == ':') {
      name += 4;
    } else {
      error = ERROR_BAD_NETPATH;
    }
  }
  if (error) {
    SetLastError(error);
    return 0;
  }
  BOOL drive = name[1] == ':';
  if (drive && (name[0] | 0x20) != 'c') {
    SetLastError(ERROR_PATH_NOT_FOUND);
    return 0;
  }
  if (drive) name += 2;
  if (is_slash(*name)) {
    to[0] = 'C', to[1] = ':', to[2] = '\\';
    length = 3;
  } else {
    length = current->Length / sizeof(WCHAR);
    RtlMoveMemory(to, current->Buffer, current->Length);
    if (length > 3 && to[length - 1] == '\\') --length;
  }
  while (*name) {
    while (is_slash(*name)) ++name;
    ULONG part = 0;
    while (name[part] && !is_slash(name[part])) ++part;
    ULONG end = part;
    if (part == 2 && name[0] == '.' && name[1] == '.') {
      length = up(to, length);
      end = 0;
    } else {
      /* Full stops and spaces at a component's end do not count. */
      while (end && (name[end - 1] == '.' || name[end - 1] == ' ')) --end;
    }
    if (end) {
      if (length + end + 2 > room) {
        SetLastError(ERROR_FILENAME_EXCED_RANGE);
        return 0;
      }
      if (to[length - 1] != '\\') to[length++] = '\\';
      RtlMoveMemory(to + length, name, end * sizeof(WCHAR));
      length += end;
    }
    name += part;
  }
  to[length] = 0;
  return length;
}

BOOL BasepNtPath(const WCHAR* name, BASEP_PATH* path) {
  static const WCHAR prefix[4] = {'\\', '?', '?', '\\'};
  RtlMoveMemory(path->Text, prefix, sizeof prefix);
  ULONG length = BasepFullPath(name, path->Text + 4, BASEP_LONGEST_PATH - 4);
  if (!length) return FALSE;
  path->String = (UNICODE_STRING){(USHORT)((length + 4) * sizeof(WCHAR)),
                                  (USHORT)((length + 5) * sizeof(WCHAR)), path->Text};
  path->Attributes = (OBJECT_ATTRIBUTES){sizeof path->Attributes, 0, &path->String, 0x40, 0, 0};
  return TRUE;
}

DWORD WINAPI GetFullPathNameW(const WCHAR* name, DWORD room, WCHAR* to, WCHAR** file_part) {
  WCHAR whole[BASEP_LONGEST_PATH];
  ULONG length = BasepFullPath(name, whole, BASEP_LONGEST_PATH);
  if (!length) return 0;
  /* A backslash at the end stays. */
  ULONG given = BasepLength(name);
  if (is_slash(name[given - 1]) && whole[length - 1] != '\\') whole[length++] = '\\';
  DWORD result = BasepGiveWide(whole, length, to, room);
  if (file_part && result == length) {
    ULONG at = length;
    while (at && to[at - 1] != '\\') --at;
    *file_part = at < length ? to + at : 0;
  }
  return result;
}

DWORD WINAPI GetFullPathNameA(const char* name, DWORD room, char* to, char** file_part) {
  WCHAR whole[BASEP_LONGEST_PATH], *part = 0, *wide = BasepWidenFileName(name);
  DWORD length = wide ? GetFullPathNameW(wide, BASEP_LONGEST_PATH, whole, &part) : 0;
  BasepFree(wide);
  if (!length) return 0;
  DWORD result = BasepGiveFileName(whole, length, to, room);
  if (file_part && result == length) *file_part = part ? to + (part - whole) : 0;
  return result;
}

/* Without the backslash that the process parameters have, but of a root. */
DWORD WINAPI GetCurrentDirectoryW(DWORD room, WCHAR* to) {
  const UNICODE_STRING* current = &current_peb()->ProcessParameters->CurrentDirectoryPath;
  ULONG length = current->Length / sizeof(WCHAR);
  return BasepGiveWide(current->Buffer, length > 3 ? length - 1 : length, to, room);
}

DWORD WINAPI GetCurrentDirectoryA(DWORD room, char* to) {
  const UNICODE_STRING* current = &current_peb()->ProcessParameters->CurrentDirectoryPath;
  ULONG length = current->Length / sizeof(WCHAR);
  return BasepGiveFileName(current->Buffer, length > 3 ? length - 1 : length, to, room);
}

BOOL WINAPI SetCurrentDirectoryW(const WCHAR* name) {
  UNICODE_STRING* current = &current_peb()->ProcessParameters->CurrentDirectoryPath;
  WCHAR whole[BASEP_LONGEST_PATH];
  ULONG length = BasepFullPath(name, whole, BASEP_LONGEST_PATH - 1);
  if (!length) return FALSE;
  DWORD attributes = GetFileAttributesW(whole);
  if (attributes == INVALID_FILE_ATTRIBUTES) return FALSE;
  if (!(attributes & FILE_ATTRIBUTE_DIRECTORY)) {
    SetLastError(ERROR_DIRECTORY);
    return FALSE;
  }
  if (whole[length - 1] != '\\') whole[length++] = '\\';
  whole[length] = 0;
  UNICODE_STRING made;
  if (!RtlCreateUnicodeString(&made, whole)) return succeeded(STATUS_NO_MEMORY);
  RtlFreeUnicodeString(current);
  *current = made;
  return TRUE;
}

BOOL WINAPI SetCurrentDirectoryA(const char* name) {
  WCHAR* wide = BasepWidenFileName(name);
  BOOL done = wide && SetCurrentDirectoryW(wide);
  BasepFree(wide);
  return done;
}

/* TMP, TEMP, USERPROFILE, in this order; with a backslash at its end. */
DWORD WINAPI GetTempPathW(DWORD room, WCHAR* to) {
  static const WCHAR names[][12] = {{'T', 'M', 'P'},
                                    {'T', 'E', 'M', 'P'},
                                    {'U', 'S', 'E', 'R', 'P', 'R', 'O', 'F', 'I', 'L', 'E'}};
  WCHAR path[BASEP_LONGEST_PATH];
  DWORD length = 0;
  for (ULONG i = 0; i < 3 && !length; ++i) {
    length = GetEnvironmentVariableW(names[i], path, BASEP_LONGEST_PATH - 1);
  }
  if (!length || length >= BASEP_LONGEST_PATH - 1) {
    length = GetWindowsDirectoryW(path, BASEP_LONGEST_PATH - 1);
  }
  if (path[length - 1] != '\\') path[length++] = '\\';
  return BasepGiveWide(path, length, to, room);
}

DWORD WINAPI GetTempPathA(DWORD room, char* to) {
  WCHAR path[BASEP_LONGEST_PATH];
  DWORD length = GetTempPathW(BASEP_LONGEST_PATH, path);
  return BasepGiveFileName(path, length, to, room);
}
