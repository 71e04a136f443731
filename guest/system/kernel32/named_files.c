/* Files and folders by name: made, removed, moved, listed. */
#include "system/kernel32/files.h"

#define FIND_FIRST_EX_KNOWN_LEVELS 2
#define MOVEFILE_REPLACE_EXISTING 1
#define MOVEFILE_KNOWN 0xb /* replace, copy allowed, write through */
#define NT_OPEN 1
#define NT_CREATE 2
#define FIND_SIGNATURE 0x646e6946u /* "Find" */

static NTSTATUS open_named(HANDLE* file, const BASEP_PATH* path, DWORD access, ULONG disposition,
                           ULONG options) {
  IO_STATUS_BLOCK status;
  return NtCreateFile(file, access, (PVOID)&path->Attributes, &status, 0, 0, SHARE_ALL, disposition,
                      options, 0, 0);
}

static BOOL remove_named(const WCHAR* name, ULONG options) {
  BASEP_PATH path;
  IO_STATUS_BLOCK block;
  HANDLE file = 0;
  BOOLEAN removes = TRUE;
  if (!BasepNtPath(name, &path)) return FALSE;
  NTSTATUS status = open_named(&file, &path, DELETE_RIGHT, NT_OPEN, options);
  if (status == (NTSTATUS)0xc00000ba) return fail(ERROR_ACCESS_DENIED); /* a directory */
  if (!succeeded(status)) return FALSE;
  status = NtSetInformationFile(file, &block, &removes, sizeof removes, FileDispositionInformation);
  NtClose(file);
  return succeeded(status);
}

BOOL WINAPI DeleteFileW(const WCHAR* name) {
  return remove_named(name, FILE_NON_DIRECTORY_FILE);
}
BOOL WINAPI RemoveDirectoryW(const WCHAR* name) {
  return remove_named(name, FILE_DIRECTORY_FILE);
}

BOOL WINAPI CreateDirectoryW(const WCHAR* name, PVOID security) {
  BASEP_PATH path;
  HANDLE folder = 0;
  if (!BasepNtPath(name, &path)) return FALSE;
  NTSTATUS status = open_named(&folder, &path, 1, NT_CREATE, FILE_DIRECTORY_FILE);
  if (status == (NTSTATUS)0xc0000035) return fail(ERROR_ALREADY_EXISTS);
  if (!succeeded(status)) return FALSE;
  NtClose(folder);
  return TRUE;
}

BOOL WINAPI MoveFileExW(const WCHAR* from, const WCHAR* to, DWORD flags) {
  BASEP_PATH source, target;
  IO_STATUS_BLOCK block;
  HANDLE file = 0;
  struct {
    ULONG Replace;
    HANDLE Root;
    ULONG Bytes;
    WCHAR Name[BASEP_LONGEST_PATH];
  } rename;
  if (flags & ~MOVEFILE_KNOWN) return fail(ERROR_INVALID_PARAMETER);
  if (!BasepNtPath(from, &source) || !BasepNtPath(to, &target)) return FALSE;
  if (!succeeded(open_named(&file, &source, DELETE_RIGHT, NT_OPEN, 0))) return FALSE;
  rename.Replace = (flags & MOVEFILE_REPLACE_EXISTING) != 0;
  rename.Root = 0;
  rename.Bytes = target.String.Length;
  RtlMoveMemory(rename.Name, target.Text, rename.Bytes);
  NTSTATUS status =
      NtSetInformationFile(file, &block, &rename, 12 + rename.Bytes, FileRenameInformation);
  NtClose(file);
  return status == (NTSTATUS)0xc0000035 ? fail(ERROR_ALREADY_EXISTS) : succeeded(status);
}
BOOL WINAPI MoveFileW(const WCHAR* from, const WCHAR* to) {
  return MoveFileExW(from, to, 2);
}

BOOL WINAPI GetFileAttributesExW(const WCHAR* name, DWORD level, DWORD* data) {
  BASEP_PATH path;
  FILE_NETWORK_OPEN_INFORMATION information;
  if (level != 0) return fail(ERROR_INVALID_PARAMETER);
  if (!BasepNtPath(name, &path)) return FALSE;
  if (!succeeded(NtQueryFullAttributesFile(&path.Attributes, &information))) return FALSE;
  data[0] = information.Attributes;
  RtlMoveMemory(data + 1, &information.Created, 24); /* created, accessed, written */
  data[7] = (DWORD)(information.Size >> 32);
  data[8] = (DWORD)information.Size;
  return TRUE;
}

DWORD WINAPI GetFileAttributesW(const WCHAR* name) {
  DWORD data[9];
  return GetFileAttributesExW(name, 0, data) ? data[0] : INVALID_FILE_ATTRIBUTES;
}

BOOL WINAPI SetFileAttributesW(const WCHAR* name, DWORD attributes) {
  BASEP_PATH path;
  IO_STATUS_BLOCK block;
  HANDLE file = 0;
  struct {
    LARGE_INTEGER Times[4];
    ULONG Attributes, Unused;
  } basic = {{0}, attributes ? attributes : 0x80, 0};
  if (!BasepNtPath(name, &path)) return FALSE;
  if (!succeeded(open_named(&file, &path, 0x100, NT_OPEN, 0))) return FALSE;
  NTSTATUS status = NtSetInformationFile(file, &block, &basic, sizeof basic, FileBasicInformation);
  NtClose(file);
  return succeeded(status);
}

/* WIN32_FIND_DATAW, and FILE_BOTH_DIR_INFORMATION that it is filled from. */
typedef struct FIND_DATAW {
  DWORD Attributes;
  DWORD Times[6];
  DWORD SizeHigh, SizeLow, Reserved0, Reserved1;
  WCHAR Name[MAX_PATH], Alternate[14];
} FIND_DATAW;
_Static_assert(sizeof(FIND_DATAW) == 592, "WIN32_FIND_DATAW of the SDK");

typedef struct FIND_DATAA {
  DWORD Attributes;
  DWORD Times[6];
  DWORD SizeHigh, SizeLow, Reserved0, Reserved1;
  char Name[MAX_PATH], Alternate[14];
} FIND_DATAA;
_Static_assert(sizeof(FIND_DATAA) == 320, "WIN32_FIND_DATAA of the SDK");

typedef struct SEARCH {
  ULONG Signature;
  HANDLE Folder;
} SEARCH;

static NTSTATUS next_entry(HANDLE folder, UNICODE_STRING* pattern, FIND_DATAW* data) {
  struct {
    ULONG Next, Index;
    LARGE_INTEGER Created, Accessed, Written, Changed, Size, Allocated;
    ULONG Attributes, NameBytes, Ea;
    UCHAR ShortBytes;
    WCHAR Short[12];
    WCHAR Name[MAX_PATH];
  } entry;
  IO_STATUS_BLOCK block;
  NTSTATUS status = NtQueryDirectoryFile(folder, 0, 0, 0, &block, &entry, sizeof entry,
                                         FileBothDirectoryInformation, TRUE, pattern, FALSE);
  if (!NT_SUCCESS(status)) return status;
  *data = (FIND_DATAW){.Attributes = entry.Attributes,
                       .SizeHigh = (DWORD)(entry.Size >> 32),
                       .SizeLow = (DWORD)entry.Size};
  RtlMoveMemory(data->Times, &entry.Created, sizeof data->Times);
  RtlMoveMemory(data->Name, entry.Name, entry.NameBytes);
  data->Name[entry.NameBytes / sizeof(WCHAR)] = 0;
  return status;
}

HANDLE WINAPI FindFirstFileW(const WCHAR* name, FIND_DATAW* data) {
  BASEP_PATH path;
  UNICODE_STRING pattern;
  HANDLE folder = 0;
  if (!BasepNtPath(name, &path)) return INVALID_HANDLE_VALUE;
  ULONG at = path.String.Length / sizeof(WCHAR);
  while (path.Text[at - 1] != '\\') --at;
  RtlInitUnicodeString(&pattern, path.Text + at);
  path.String.Length = (USHORT)((at - 1) * sizeof(WCHAR));
  if (pattern.Length == 0 || at <= 7) {
    /* A folder with a backslash behind it is no pattern; of drive C: itself nothing is listed. */
    SetLastError(ERROR_FILE_NOT_FOUND);
    return INVALID_HANDLE_VALUE;
  }
  NTSTATUS status = open_named(&folder, &path, 1, NT_OPEN, FILE_DIRECTORY_FILE);
  if (status == (NTSTATUS)0xc0000034) status = (NTSTATUS)0xc000003a; /* it is a part of the path */
  if (!succeeded(status)) return INVALID_HANDLE_VALUE;
  SEARCH* search = RtlAllocateHeap(GetProcessHeap(), 0, sizeof *search);
  status = search ? next_entry(folder, &pattern, data) : STATUS_NO_MEMORY;
  if (!succeeded(status)) {
    DWORD error = GetLastError();
    NtClose(folder);
    BasepFree(search);
    SetLastError(error);
    return INVALID_HANDLE_VALUE;
  }
  *search = (SEARCH){FIND_SIGNATURE, folder};
  return search;
}

BOOL WINAPI FindNextFileW(HANDLE handle, FIND_DATAW* data) {
  SEARCH* search = handle;
  if (!handle || handle == INVALID_HANDLE_VALUE || search->Signature != FIND_SIGNATURE) {
    return fail(ERROR_INVALID_HANDLE);
  }
  return succeeded(next_entry(search->Folder, 0, data));
}

BOOL WINAPI FindClose(HANDLE handle) {
  SEARCH* search = handle;
  if (!handle || handle == INVALID_HANDLE_VALUE || search->Signature != FIND_SIGNATURE) {
    return fail(ERROR_INVALID_HANDLE);
  }
  search->Signature = 0;
  NtClose(search->Folder);
  BasepFree(search);
  return TRUE;
}

/* Levels: standard, and basic without the short name; no search for folders alone. */
HANDLE WINAPI FindFirstFileExW(const WCHAR* name, DWORD level, FIND_DATAW* data, DWORD search,
                               PVOID filter, DWORD flags) {
  if (level < FIND_FIRST_EX_KNOWN_LEVELS && search < 2 && !filter)
    return FindFirstFileW(name, data);
  SetLastError(ERROR_INVALID_PARAMETER);
  return INVALID_HANDLE_VALUE;
}

static VOID narrow(const FIND_DATAW* wide, FIND_DATAA* data) {
  RtlZeroMemory(data, sizeof *data);
  RtlMoveMemory(data, wide, offsetof(FIND_DATAA, Name));
  BasepGiveFileName(wide->Name, BasepLength(wide->Name), data->Name, MAX_PATH);
}
HANDLE WINAPI FindFirstFileA(const char* name, FIND_DATAA* data) {
  FIND_DATAW found;
  WCHAR* wide = BasepWidenFileName(name);
  if (!wide) return INVALID_HANDLE_VALUE;
  HANDLE search = FindFirstFileW(wide, &found);
  DWORD error = GetLastError();
  BasepFree(wide);
  SetLastError(error);
  if (search != INVALID_HANDLE_VALUE) narrow(&found, data);
  return search;
}
BOOL WINAPI FindNextFileA(HANDLE search, FIND_DATAA* data) {
  FIND_DATAW found;
  if (!FindNextFileW(search, &found)) return FALSE;
  narrow(&found, data);
  return TRUE;
}

/* folder\PREunique.TMP: with unique 0 a new number is found and the file is made. */
UINT WINAPI GetTempFileNameW(const WCHAR* folder, const WCHAR* prefix, UINT unique, WCHAR* name) {
  static volatile LONG counter;
  DWORD attributes = GetFileAttributesW(folder);
  ULONG length = BasepLength(folder);
  if (attributes == INVALID_FILE_ATTRIBUTES || !(attributes & FILE_ATTRIBUTE_DIRECTORY)) {
    return (UINT)fail(ERROR_DIRECTORY);
  }
  if (length > MAX_PATH - 14) return (UINT)fail(ERROR_BUFFER_OVERFLOW);
  for (;;) {
    UINT number = unique ? unique & 0xffff : ((UINT)InterlockedIncrement(&counter) & 0xffff);
    ULONG at = length;
    if (!number) continue;
    RtlMoveMemory(name, folder, length * sizeof(WCHAR));
    if (at && name[at - 1] != '\\') name[at++] = '\\';
    for (ULONG i = 0; i < 3 && prefix && prefix[i]; ++i) name[at++] = prefix[i];
    BOOL begun = FALSE;
    for (int shift = 12; shift >= 0; shift -= 4) {
      UINT digit = number >> shift & 0xf;
      if (!digit && !begun && shift) continue;
      begun = TRUE;
      name[at++] = (WCHAR)(digit < 10 ? '0' + digit : 'A' + digit - 10);
    }
    name[at++] = '.', name[at++] = 'T', name[at++] = 'M', name[at++] = 'P', name[at] = 0;
    if (unique) return number;
    HANDLE file = CreateFileW(name, 0x40000000, 0, 0, 1, 0x80, 0);
    if (file != INVALID_HANDLE_VALUE) {
      NtClose(file);
      return number;
    }
    if (GetLastError() != ERROR_FILE_EXISTS) return 0;
  }
}

/* The ANSI forms of what takes one name. */
#define ANSI_FORM(name, parameters, call)   \
  BOOL WINAPI name parameters {             \
    WCHAR* wide = BasepWidenFileName(path); \
    if (!wide) return FALSE;                \
    BOOL done = call;                       \
    DWORD error = GetLastError();           \
    BasepFree(wide);                        \
    SetLastError(error);                    \
    return done;                            \
  }
ANSI_FORM(DeleteFileA, (const char* path), DeleteFileW(wide))
ANSI_FORM(RemoveDirectoryA, (const char* path), RemoveDirectoryW(wide))
ANSI_FORM(CreateDirectoryA, (const char* path, PVOID security), CreateDirectoryW(wide, security))
ANSI_FORM(GetFileAttributesA, (const char* path), (BOOL)GetFileAttributesW(wide))
ANSI_FORM(SetFileAttributesA, (const char* path, DWORD attributes),
          SetFileAttributesW(wide, attributes))
ANSI_FORM(GetFileAttributesExA, (const char* path, DWORD level, DWORD* data),
          GetFileAttributesExW(wide, level, data))

BOOL WINAPI MoveFileExA(const char* from, const char* to, DWORD flags) {
  WCHAR *wide_from = BasepWidenFileName(from), *wide_to = BasepWidenFileName(to);
  BOOL done = wide_from && wide_to && MoveFileExW(wide_from, wide_to, flags);
  DWORD error = GetLastError();
  BasepFree(wide_from);
  BasepFree(wide_to);
  SetLastError(error);
  return done;
}
BOOL WINAPI MoveFileA(const char* from, const char* to) {
  return MoveFileExA(from, to, 2);
}

UINT WINAPI GetTempFileNameA(const char* folder, const char* prefix, UINT unique, char* name) {
  WCHAR *wide = BasepWidenFileName(folder), *wide_prefix = BasepWidenFileName(prefix);
  WCHAR made[MAX_PATH];
  UINT number = wide && wide_prefix ? GetTempFileNameW(wide, wide_prefix, unique, made) : 0;
  DWORD error = GetLastError();
  BasepFree(wide);
  BasepFree(wide_prefix);
  SetLastError(error);
  if (number) BasepGiveFileName(made, BasepLength(made), name, MAX_PATH);
  return number;
}
