/* Opening files. A name that no file can have is refused; ntdll opens none yet, and says so. */
#include "system/kernel32/base.h"

#define ERROR_PATH_NOT_FOUND 3
#define ERROR_INVALID_NAME 123
#define LONGEST_COMPONENT 255 /* of NTFS, in units of UTF-16 */
#define INVALID_HANDLE_VALUE ((HANDLE)-1)

/* ntdll has none: the import names itself when it is called. */
__declspec(dllimport) NTSTATUS NTAPI
    NtCreateFile(HANDLE* file, ACCESS_MASK access, PVOID attributes, IO_STATUS_BLOCK* status,
                 LARGE_INTEGER* size, ULONG file_attributes, ULONG share, ULONG disposition,
                 ULONG options, PVOID ea, ULONG ea_length);

static DWORD name_error(const char* name) {
  ULONG component = 0;
  if (!*name) return ERROR_PATH_NOT_FOUND;
  for (; *name; ++name) {
    component = *name == '\\' || *name == '/' ? 0 : component + 1;
    if (component > LONGEST_COMPONENT) return ERROR_INVALID_NAME;
  }
  return 0;
}

HANDLE WINAPI CreateFileA(const char* name, DWORD access, DWORD share, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE like) {
  HANDLE file = INVALID_HANDLE_VALUE;
  IO_STATUS_BLOCK status = {0, 0};
  DWORD error = name_error(name);
  if (error) {
    SetLastError(error);
    return INVALID_HANDLE_VALUE;
  }
  NtCreateFile(&file, access, 0, &status, 0, flags, share, disposition, 0, 0, 0);
  return file;
}
