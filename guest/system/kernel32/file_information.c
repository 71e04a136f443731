/* What is told of an open file and set in it, by handle; a file's other names; copies. */
#include "system/kernel32/files.h"

#define ERROR_INVALID_LEVEL 124
#define VOLUME_SERIAL 0x1ab00001 /* of the one volume */
#define SHARE_READ 1
#define CREATE_NEW 1
#define CREATE_ALWAYS 2
#define OPEN_EXISTING 3

typedef struct BY_HANDLE_FILE_INFORMATION {
  DWORD Attributes;
  ULONG Created[2], Accessed[2], Written[2];
  DWORD VolumeSerialNumber, SizeHigh, SizeLow, NumberOfLinks, IndexHigh, IndexLow;
} BY_HANDLE_FILE_INFORMATION;
_Static_assert(sizeof(BY_HANDLE_FILE_INFORMATION) == 52, "BY_HANDLE_FILE_INFORMATION of the SDK");

typedef struct FILE_STANDARD_INFORMATION {
  LARGE_INTEGER Allocated, Size;
  ULONG NumberOfLinks;
  BOOLEAN DeletePending, Directory;
} FILE_STANDARD_INFORMATION;

static BOOL query(HANDLE file, PVOID to, ULONG bytes, ULONG information_class) {
  IO_STATUS_BLOCK status;
  return succeeded(NtQueryInformationFile(file, &status, to, bytes, information_class));
}

static BOOL set(HANDLE file, const void* from, ULONG bytes, ULONG information_class) {
  IO_STATUS_BLOCK status;
  return succeeded(NtSetInformationFile(file, &status, from, bytes, information_class));
}

static VOID split(LARGE_INTEGER value, ULONG* to) {
  to[0] = (ULONG)value;
  to[1] = (ULONG)(value >> 32);
}

BOOL WINAPI GetFileInformationByHandle(HANDLE file, BY_HANDLE_FILE_INFORMATION* to) {
  FILE_NETWORK_OPEN_INFORMATION all;
  LARGE_INTEGER number;
  if (!query(file, &all, sizeof all, FileNetworkOpenInformation) ||
      !query(file, &number, sizeof number, FileInternalInformation)) {
    return FALSE;
  }
  to->Attributes = all.Attributes;
  split(all.Created, to->Created);
  split(all.Accessed, to->Accessed);
  split(all.Written, to->Written);
  to->VolumeSerialNumber = VOLUME_SERIAL;
  to->SizeHigh = (DWORD)(all.Size >> 32);
  to->SizeLow = (DWORD)all.Size;
  to->NumberOfLinks = 1;
  to->IndexHigh = (DWORD)(number >> 32);
  to->IndexLow = (DWORD)number;
  return TRUE;
}

/* FILE_INFO_BY_HANDLE_CLASS */
enum { BASIC = 0, STANDARD = 1, NAME = 2, RENAME = 3, DISPOSITION = 4, END_OF_FILE = 6, ID = 18 };

BOOL WINAPI GetFileInformationByHandleEx(HANDLE file, ULONG what, PVOID to, DWORD bytes) {
  switch (what) {
    case BASIC: {
      FILE_NETWORK_OPEN_INFORMATION all;
      struct {
        LARGE_INTEGER Created, Accessed, Written, Changed;
        DWORD Attributes;
      }* basic = to;
      if (bytes < sizeof *basic) return fail(ERROR_BAD_LENGTH);
      if (!query(file, &all, sizeof all, FileNetworkOpenInformation)) return FALSE;
      basic->Created = all.Created;
      basic->Accessed = all.Accessed;
      basic->Written = all.Written;
      basic->Changed = all.Changed;
      basic->Attributes = all.Attributes;
      return TRUE;
    }
    case STANDARD:
      if (bytes < sizeof(FILE_STANDARD_INFORMATION)) return fail(ERROR_BAD_LENGTH);
      return query(file, to, sizeof(FILE_STANDARD_INFORMATION), FileStandardInformation);
    case NAME:
      return query(file, to, bytes, FileNameInformation);
    case ID: {
      struct {
        ULONGLONG Volume, Number[2];
      }* id = to;
      if (bytes < sizeof *id) return fail(ERROR_BAD_LENGTH);
      if (!query(file, id->Number, sizeof id->Number[0], FileInternalInformation)) return FALSE;
      id->Volume = VOLUME_SERIAL;
      id->Number[1] = 0;
      return TRUE;
    }
    default:
      return fail(ERROR_INVALID_PARAMETER);
  }
}

BOOL WINAPI SetFileInformationByHandle(HANDLE file, ULONG what, const void* from, DWORD bytes) {
  switch (what) {
    case BASIC:
      return set(file, from, bytes, FileBasicInformation);
    case DISPOSITION:
      return set(file, from, bytes, FileDispositionInformation);
    case END_OF_FILE:
      return set(file, from, bytes, FileEndOfFileInformation);
    default:
      return fail(ERROR_INVALID_PARAMETER);
  }
}

/* "\\?\C:\lab\..." (flags 0), or "\lab\..." (VOLUME_NAME_NONE). The length of the name, without the
 * zero; what is needed with it when there is no room. */
DWORD WINAPI GetFinalPathNameByHandleW(HANDLE file, WCHAR* to, DWORD room, DWORD flags) {
  static const WCHAR prefix[] = {'\\', '\\', '?', '\\', 'C', ':'};
  const DWORD volume = flags & 7, none = 4;
  struct {
    ULONG Bytes;
    WCHAR Text[BASEP_LONGEST_PATH];
  } name;
  if (volume != 0 && volume != none) return (DWORD)fail(ERROR_PATH_NOT_FOUND);
  if (!query(file, &name, sizeof name, FileNameInformation)) return 0;
  const DWORD front = volume == none ? 0 : sizeof prefix / sizeof(WCHAR);
  const DWORD length = name.Bytes / sizeof(WCHAR);
  if (room <= front + length) return front + length + 1;
  RtlMoveMemory(to, prefix, front * sizeof(WCHAR));
  RtlMoveMemory(to + front, name.Text, name.Bytes);
  to[front + length] = 0;
  return front + length;
}

/* Files have no short names: each name is as given, if there is such a file. */
static DWORD same_name(const WCHAR* name, WCHAR* to, DWORD room) {
  if (GetFileAttributesW(name) == INVALID_FILE_ATTRIBUTES) return 0;
  return BasepGiveWide(name, BasepLength(name), to, room);
}
DWORD WINAPI GetLongPathNameW(const WCHAR* name, WCHAR* to, DWORD room) {
  return same_name(name, to, room);
}
DWORD WINAPI GetShortPathNameW(const WCHAR* name, WCHAR* to, DWORD room) {
  return same_name(name, to, room);
}

static DWORD same_name_a(const char* name, char* to, DWORD room) {
  WCHAR* wide = BasepWidenFileName(name);
  DWORD attributes = wide ? GetFileAttributesW(wide) : INVALID_FILE_ATTRIBUTES;
  DWORD error = GetLastError();
  DWORD length = 0;
  if (attributes != INVALID_FILE_ATTRIBUTES) {
    length = BasepGiveFileName(wide, BasepLength(wide), to, room);
  }
  BasepFree(wide);
  SetLastError(error);
  return length;
}
DWORD WINAPI GetLongPathNameA(const char* name, char* to, DWORD room) {
  return same_name_a(name, to, room);
}
DWORD WINAPI GetShortPathNameA(const char* name, char* to, DWORD room) {
  return same_name_a(name, to, room);
}

static BOOL copy_contents(HANDLE from, HANDLE to) {
  UCHAR block[2048];
  for (DWORD bytes, written;;) {
    if (!ReadFile(from, block, sizeof block, &bytes, 0)) return FALSE;
    if (!bytes) return TRUE;
    if (!WriteFile(to, block, bytes, &written, 0)) return FALSE;
  }
}

/* Contents, attributes and the time of the last change. */
BOOL WINAPI CopyFileW(const WCHAR* from, const WCHAR* to, BOOL fail_if_there) {
  FILE_NETWORK_OPEN_INFORMATION all;
  HANDLE source = CreateFileW(from, GENERIC_READ, SHARE_READ, 0, OPEN_EXISTING, 0, 0);
  if (source == INVALID_HANDLE_VALUE) return FALSE;
  BOOL done = query(source, &all, sizeof all, FileNetworkOpenInformation);
  HANDLE target = INVALID_HANDLE_VALUE;
  if (done) {
    target = CreateFileW(to, GENERIC_WRITE, 0, 0, fail_if_there ? CREATE_NEW : CREATE_ALWAYS, 0, 0);
  }
  if (target == INVALID_HANDLE_VALUE) {
    NtClose(source);
    return FALSE;
  }
  struct {
    LARGE_INTEGER Created, Accessed, Written, Changed;
    ULONG Attributes, Unused;
  } basic = {0, 0, all.Written, 0, all.Attributes, 0};
  done = copy_contents(source, target) && set(target, &basic, sizeof basic, FileBasicInformation);
  NtClose(target);
  NtClose(source);
  return done;
}

BOOL WINAPI CopyFileA(const char* from, const char* to, BOOL fail_if_there) {
  WCHAR *wide_from = BasepWidenFileName(from), *wide_to = BasepWidenFileName(to);
  BOOL done = wide_from && wide_to && CopyFileW(wide_from, wide_to, fail_if_there);
  DWORD error = GetLastError();
  BasepFree(wide_from);
  BasepFree(wide_to);
  SetLastError(error);
  return done;
}
