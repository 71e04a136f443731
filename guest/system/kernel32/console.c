/* Standard handles, reading and writing them, the command line. */
#include "system/kernel32/base.h"
#include "system/ntdll/strings.h"

HANDLE WINAPI GetStdHandle(DWORD which) {
  const RTL_USER_PROCESS_PARAMETERS* parameters = current_peb()->ProcessParameters;
  switch (which) {
    case STD_INPUT_HANDLE:
      return parameters->StandardInput;
    case STD_OUTPUT_HANDLE:
      return parameters->StandardOutput;
    case STD_ERROR_HANDLE:
      return parameters->StandardError;
  }
  SetLastError(ERROR_INVALID_HANDLE);
  return (HANDLE)-1;
}

BOOL WINAPI SetStdHandle(DWORD which, HANDLE handle) {
  RTL_USER_PROCESS_PARAMETERS* parameters = current_peb()->ProcessParameters;
  switch (which) {
    case STD_INPUT_HANDLE:
      parameters->StandardInput = handle;
      return TRUE;
    case STD_OUTPUT_HANDLE:
      parameters->StandardOutput = handle;
      return TRUE;
    case STD_ERROR_HANDLE:
      parameters->StandardError = handle;
      return TRUE;
  }
  SetLastError(ERROR_INVALID_HANDLE);
  return FALSE;
}

/* It did something under Win32s alone: since then it gives back what it is given. */
UINT WINAPI SetHandleCount(UINT count) {
  return count;
}

/* An OVERLAPPED of a file that is not one of overlapped operations gives where to begin. */
static LARGE_INTEGER* offset_of(const ULONG* overlapped, LARGE_INTEGER* offset) {
  if (!overlapped) return 0;
  *offset = (LARGE_INTEGER)((uint64_t)overlapped[3] << 32 | overlapped[2]);
  return offset;
}

BOOL WINAPI WriteFile(HANDLE file, const void* buffer, DWORD bytes, DWORD* written,
                      PVOID overlapped) {
  IO_STATUS_BLOCK status_block = {0, 0};
  LARGE_INTEGER offset;
  if (written) *written = 0;
  if (!succeeded(NtWriteFile(file, 0, 0, 0, &status_block, buffer, bytes,
                             offset_of(overlapped, &offset), 0)))
    return FALSE;
  if (written) *written = status_block.Information;
  return TRUE;
}

/* The end of the file is a success with no bytes. */
BOOL WINAPI ReadFile(HANDLE file, PVOID buffer, DWORD bytes, DWORD* read, PVOID overlapped) {
  IO_STATUS_BLOCK status_block = {0, 0};
  LARGE_INTEGER offset;
  if (read) *read = 0;
  NTSTATUS status =
      NtReadFile(file, 0, 0, 0, &status_block, buffer, bytes, offset_of(overlapped, &offset), 0);
  if (status == STATUS_END_OF_FILE) return TRUE;
  if (!succeeded(status)) return FALSE;
  if (read) *read = status_block.Information;
  return TRUE;
}

BOOL WINAPI WriteConsoleA(HANDLE console, const void* buffer, DWORD count, DWORD* written,
                          PVOID reserved) {
  return WriteFile(console, buffer, count, written, 0);
}

static char* command_line;

VOID BasepMakeCommandLine(void) {
  const UNICODE_STRING* line = &current_peb()->ProcessParameters->CommandLine;
  ULONG length = line->Length / sizeof(WCHAR);
  command_line = RtlAllocateHeap(GetProcessHeap(), 0, length + 1);
  if (!command_line) RtlRaiseStatus(STATUS_NO_MEMORY);
  RtlUnicodeToMultiByteN(command_line, length, 0, line->Buffer, line->Length);
  command_line[length] = 0;
}

char* WINAPI GetCommandLineA(void) {
  return command_line;
}
WCHAR* WINAPI GetCommandLineW(void) {
  return current_peb()->ProcessParameters->CommandLine.Buffer;
}
