/* Opening files, and what is done with them open: as Microsoft documents each function. */
#include "system/kernel32/files.h"

#define CREATE_NEW 1
#define CREATE_ALWAYS 2
#define OPEN_EXISTING 3
#define OPEN_ALWAYS 4
#define TRUNCATE_EXISTING 5
#define FILE_FLAG_BACKUP_SEMANTICS 0x02000000
#define FILE_FLAG_DELETE_ON_CLOSE 0x04000000
#define FILE_FLAG_OVERLAPPED 0x40000000
#define GENERIC_WRITE 0x40000000
#define NT_CREATED 2
#define FILE_TYPE_UNKNOWN 0
#define FILE_TYPE_DISK 1
#define FILE_TYPE_CHAR 2
#define FILE_TYPE_PIPE 3

static BOOL is_console(const WCHAR* name, const char* console) {
  for (; *console; ++console, ++name) {
    if (RtlUpcaseUnicodeChar(*name) != (WCHAR)*console) return FALSE;
  }
  return *name == 0;
}

/* CONIN$ and CONOUT$: another handle of one of the console's two streams; 0: the name is neither.
 */
static HANDLE open_console(const WCHAR* name) {
  static WCHAR input[] = {'\\', '?', '?', '\\', 'C', 'O', 'N', 'I', 'N', '$', 0};
  static WCHAR output[] = {'\\', '?', '?', '\\', 'C', 'O', 'N', 'O', 'U', 'T', '$', 0};
  WCHAR* which = is_console(name, "CONIN$") ? input : is_console(name, "CONOUT$") ? output : 0;
  UNICODE_STRING string;
  IO_STATUS_BLOCK status;
  HANDLE file = 0;
  if (!which) return 0;
  RtlInitUnicodeString(&string, which);
  OBJECT_ATTRIBUTES attributes = {sizeof attributes, 0, &string, 0x40, 0, 0};
  NTSTATUS done = NtCreateFile(&file, GENERIC_READ | GENERIC_WRITE, &attributes, &status, 0, 0,
                               SHARE_ALL, 1, 0, 0, 0);
  return succeeded(done) ? file : INVALID_HANDLE_VALUE;
}

HANDLE WINAPI CreateFileW(const WCHAR* name, DWORD access, DWORD share, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE like) {
  static const UCHAR dispositions[] = {0, 2, 5, 1, 3, 4}; /* of NtCreateFile */
  BASEP_PATH path;
  IO_STATUS_BLOCK status = {0, 0};
  HANDLE file = name ? open_console(name) : 0;
  if (file) return file;
  if (disposition < CREATE_NEW || disposition > TRUNCATE_EXISTING ||
      (disposition == TRUNCATE_EXISTING && !(access & GENERIC_WRITE))) {
    fail(ERROR_INVALID_PARAMETER);
    return INVALID_HANDLE_VALUE;
  }
  if (!BasepNtPath(name, &path)) return INVALID_HANDLE_VALUE;
  ULONG options = (flags & FILE_FLAG_BACKUP_SEMANTICS) ? 0 : FILE_NON_DIRECTORY_FILE;
  if (flags & FILE_FLAG_DELETE_ON_CLOSE) {
    options |= FILE_DELETE_ON_CLOSE;
    access |= DELETE_RIGHT;
  }
  NTSTATUS done = NtCreateFile(&file, access, &path.Attributes, &status, 0, flags & 0xffff, share,
                               dispositions[disposition], options, 0, 0);
  if (done == (NTSTATUS)0xc0000035) { /* OBJECT_NAME_COLLISION */
    fail(disposition == CREATE_NEW ? ERROR_FILE_EXISTS : ERROR_ACCESS_DENIED);
    return INVALID_HANDLE_VALUE;
  }
  if (!succeeded(done)) return INVALID_HANDLE_VALUE;
  BOOL was_there = status.Information != NT_CREATED;
  BOOL tells = disposition == CREATE_ALWAYS || disposition == OPEN_ALWAYS;
  SetLastError(tells && was_there ? ERROR_ALREADY_EXISTS : 0);
  return file;
}

HANDLE WINAPI CreateFileA(const char* name, DWORD access, DWORD share, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE like) {
  WCHAR* wide = BasepWidenFileName(name);
  if (!wide) return INVALID_HANDLE_VALUE;
  HANDLE file = CreateFileW(wide, access, share, security, disposition, flags, like);
  DWORD error = GetLastError();
  BasepFree(wide);
  SetLastError(error);
  return file;
}

BOOL WINAPI FlushFileBuffers(HANDLE file) {
  IO_STATUS_BLOCK status;
  return succeeded(NtFlushBuffersFile(file, &status));
}

static BOOL size_of(HANDLE file, LARGE_INTEGER* size) {
  IO_STATUS_BLOCK status;
  FILE_NETWORK_OPEN_INFORMATION information;
  if (!succeeded(NtQueryInformationFile(file, &status, &information, sizeof information,
                                        FileNetworkOpenInformation))) {
    return FALSE;
  }
  *size = information.Size;
  return TRUE;
}

BOOL WINAPI GetFileSizeEx(HANDLE file, LARGE_INTEGER* size) {
  return size_of(file, size);
}

DWORD WINAPI GetFileSize(HANDLE file, DWORD* high) {
  LARGE_INTEGER size = 0;
  if (!size_of(file, &size)) return 0xffffffff;
  if (high) *high = (DWORD)(size >> 32);
  if ((DWORD)size == 0xffffffff) SetLastError(0);
  return (DWORD)size;
}

BOOL WINAPI SetFilePointerEx(HANDLE file, LARGE_INTEGER distance, LARGE_INTEGER* now,
                             DWORD method) {
  IO_STATUS_BLOCK status;
  LARGE_INTEGER base = 0;
  if (method > 2) return fail(ERROR_INVALID_PARAMETER);
  if (method == 1 && !succeeded(NtQueryInformationFile(file, &status, &base, sizeof base,
                                                       FilePositionInformation))) {
    return FALSE;
  }
  if (method == 2 && !size_of(file, &base)) return FALSE;
  base += distance;
  if (base < 0) return fail(ERROR_NEGATIVE_SEEK);
  if (!succeeded(NtSetInformationFile(file, &status, &base, sizeof base, FilePositionInformation)))
    return FALSE;
  if (now) *now = base;
  return TRUE;
}

/* Without a high half the distance is signed; 0xffffffff is a result and an error. */
DWORD WINAPI SetFilePointer(HANDLE file, LONG low, LONG* high, DWORD method) {
  LARGE_INTEGER now = 0;
  LARGE_INTEGER distance =
      high ? (LARGE_INTEGER)((uint64_t)(uint32_t)*high << 32 | (uint32_t)low) : low;
  if (!SetFilePointerEx(file, distance, &now, method)) return 0xffffffff;
  if (high) *high = (LONG)(now >> 32);
  if ((DWORD)now == 0xffffffff) SetLastError(0);
  return (DWORD)now;
}

BOOL WINAPI SetEndOfFile(HANDLE file) {
  IO_STATUS_BLOCK status;
  LARGE_INTEGER at = 0;
  return succeeded(
             NtQueryInformationFile(file, &status, &at, sizeof at, FilePositionInformation)) &&
         succeeded(NtSetInformationFile(file, &status, &at, sizeof at, FileEndOfFileInformation));
}

DWORD WINAPI GetFileType(HANDLE file) {
  IO_STATUS_BLOCK status;
  ULONG device[2];
  if (!succeeded(NtQueryVolumeInformationFile(file, &status, device, sizeof device,
                                              FileFsDeviceInformation))) {
    return FILE_TYPE_UNKNOWN;
  }
  SetLastError(0);
  if (device[0] == FILE_DEVICE_CONSOLE) return FILE_TYPE_CHAR;
  return device[0] == FILE_DEVICE_NAMED_PIPE ? FILE_TYPE_PIPE : FILE_TYPE_DISK;
}

BOOL WINAPI GetFileTime(HANDLE file, LARGE_INTEGER* created, LARGE_INTEGER* accessed,
                        LARGE_INTEGER* written) {
  IO_STATUS_BLOCK status;
  FILE_NETWORK_OPEN_INFORMATION information;
  if (!succeeded(NtQueryInformationFile(file, &status, &information, sizeof information,
                                        FileNetworkOpenInformation))) {
    return FALSE;
  }
  if (created) *created = information.Created;
  if (accessed) *accessed = information.Accessed;
  if (written) *written = information.Written;
  return TRUE;
}

BOOL WINAPI SetFileTime(HANDLE file, const LARGE_INTEGER* created, const LARGE_INTEGER* accessed,
                        const LARGE_INTEGER* written) {
  IO_STATUS_BLOCK status;
  struct {
    LARGE_INTEGER Created, Accessed, Written, Changed;
    ULONG Attributes, Unused;
  } basic = {created ? *created : 0, accessed ? *accessed : 0, written ? *written : 0, 0, 0, 0};
  return succeeded(NtSetInformationFile(file, &status, &basic, sizeof basic, FileBasicInformation));
}
