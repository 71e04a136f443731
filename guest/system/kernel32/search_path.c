/* SearchPath: a file by its name in the folders of a list, or in those where programs are looked
 * for. */
#include "system/kernel32/files.h"

/* The program's folder, the system's, Windows' and the current one, then PATH: the order of a
 * process that has not called SetSearchPathMode (Microsoft's documentation of SearchPath; the
 * registry's SafeProcessSearchMode is 0, so that the current folder comes second). */
static ULONG default_folders(WCHAR* to, ULONG room) {
  static const WCHAR path_name[] = {'P', 'A', 'T', 'H', 0};
  const UNICODE_STRING* image = &current_peb()->ProcessParameters->ImagePathName;
  ULONG length = image->Length / sizeof(WCHAR);
  while (length && image->Buffer[length - 1] != '\\') --length;
  RtlMoveMemory(to, image->Buffer, length * sizeof(WCHAR));
  to[length++] = ';', to[length++] = '.', to[length++] = ';';
  length += GetSystemDirectoryW(to + length, room - length);
  to[length++] = ';';
  length += GetWindowsDirectoryW(to + length, room - length);
  to[length++] = ';';
  ULONG path = GetEnvironmentVariableW(path_name, to + length, room - length);
  if (path < room - length) length += path;
  to[length] = 0;
  return length;
}

static BOOL is_file(const WCHAR* name) {
  return GetFileAttributesW(name) != INVALID_FILE_ATTRIBUTES;
}

static BOOL has_folder(const WCHAR* file) {
  for (; *file; ++file) {
    if (*file == '\\' || *file == '/' || *file == ':') return TRUE;
  }
  return FALSE;
}

/* `file` with `extension` when it has none. */
static BOOL with_extension(const WCHAR* file, const WCHAR* extension, WCHAR* to, ULONG room) {
  BOOL has = !extension;
  for (const WCHAR* at = file; *at; ++at) {
    if (*at == '.') has = TRUE;
  }
  ULONG length = BasepLength(file), more = has ? 0 : BasepLength(extension);
  if (length + more >= room) {
    SetLastError(ERROR_FILENAME_EXCED_RANGE);
    return FALSE;
  }
  RtlMoveMemory(to, file, length * sizeof(WCHAR));
  if (more) RtlMoveMemory(to + length, extension, more * sizeof(WCHAR));
  to[length + more] = 0;
  return TRUE;
}

/* The first folder of `folders` that has `file`, as a name in `found`. */
static BOOL find(const WCHAR* folders, const WCHAR* file, WCHAR* found, ULONG room) {
  ULONG file_length = BasepLength(file);
  while (*folders) {
    ULONG length = 0;
    while (folders[length] && folders[length] != ';') ++length;
    if (length && length + file_length + 2 <= room) {
      RtlMoveMemory(found, folders, length * sizeof(WCHAR));
      ULONG at = length;
      if (found[at - 1] != '\\' && found[at - 1] != '/') found[at++] = '\\';
      RtlMoveMemory(found + at, file, (file_length + 1) * sizeof(WCHAR));
      if (is_file(found)) return TRUE;
    }
    folders += length;
    if (*folders) ++folders;
  }
  return FALSE;
}

/* Too much for one page of stack. */
typedef struct SEARCH {
  WCHAR Name[BASEP_LONGEST_PATH], Found[BASEP_LONGEST_PATH], Defaults[2 * BASEP_LONGEST_PATH];
} SEARCH;

static BOOL search(SEARCH* memory, const WCHAR* folders, const WCHAR* file,
                   const WCHAR* extension) {
  if (!with_extension(file, extension, memory->Name, BASEP_LONGEST_PATH)) return FALSE;
  BOOL there;
  if (has_folder(memory->Name)) {
    there = is_file(memory->Name);
    RtlMoveMemory(memory->Found, memory->Name, sizeof memory->Name);
  } else {
    if (!folders) default_folders(memory->Defaults, 2 * BASEP_LONGEST_PATH);
    there =
        find(folders ? folders : memory->Defaults, memory->Name, memory->Found, BASEP_LONGEST_PATH);
  }
  if (!there) SetLastError(ERROR_FILE_NOT_FOUND);
  return there;
}

DWORD WINAPI SearchPathW(const WCHAR* folders, const WCHAR* file, const WCHAR* extension,
                         DWORD room, WCHAR* to, WCHAR** file_part) {
  if (!file || !*file) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  SEARCH* memory = RtlAllocateHeap(GetProcessHeap(), 0, sizeof *memory);
  if (!memory) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return 0;
  }
  DWORD length = 0;
  if (search(memory, folders, file, extension)) {
    length = GetFullPathNameW(memory->Found, room, to, file_part);
  }
  DWORD error = GetLastError();
  BasepFree(memory);
  SetLastError(error);
  return length;
}

DWORD WINAPI SearchPathA(const char* folders, const char* file, const char* extension, DWORD room,
                         char* to, char** file_part) {
  WCHAR found[BASEP_LONGEST_PATH], *part = 0;
  WCHAR *wide_folders = folders ? BasepWidenFileName(folders) : 0,
        *wide_file = BasepWidenFileName(file),
        *wide_extension = extension ? BasepWidenFileName(extension) : 0;
  DWORD length =
      SearchPathW(wide_folders, wide_file, wide_extension, BASEP_LONGEST_PATH, found, &part);
  DWORD error = GetLastError();
  BasepFree(wide_folders);
  BasepFree(wide_file);
  BasepFree(wide_extension);
  SetLastError(error);
  if (!length) return 0;
  DWORD result = BasepGiveFileName(found, length, to, room);
  if (file_part && result == length) *file_part = part ? to + (part - found) : 0;
  return result;
}
