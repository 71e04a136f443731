/* Anonymous pipes. */
#include "system/kernel32/files.h"

#define FSCTL_PIPE_PEEK 0x0011400cu

NTSTATUS NTAPI LabCreatePipe(HANDLE* read, HANDLE* write, ULONG bytes);
NTSTATUS NTAPI NtFsControlFile(HANDLE file, HANDLE event, PVOID apc, PVOID apc_context,
                               IO_STATUS_BLOCK* status, ULONG code, PVOID in, ULONG in_bytes,
                               PVOID out, ULONG out_bytes);
BOOL WINAPI SetHandleInformation(HANDLE handle, DWORD mask, DWORD flags);

typedef struct SECURITY_ATTRIBUTES {
  DWORD Length;
  PVOID SecurityDescriptor;
  BOOL InheritHandle;
} SECURITY_ATTRIBUTES;

BOOL WINAPI CreatePipe(HANDLE* read, HANDLE* write, const SECURITY_ATTRIBUTES* attributes,
                       DWORD bytes) {
  if (!succeeded(LabCreatePipe(read, write, bytes))) return FALSE;
  if (attributes && attributes->InheritHandle) {
    SetHandleInformation(*read, 1, 1);
    SetHandleInformation(*write, 1, 1);
  }
  return TRUE;
}

typedef struct PIPE_PEEK {
  ULONG State, Available, Messages, MessageBytes;
} PIPE_PEEK;

BOOL WINAPI PeekNamedPipe(HANDLE pipe, PVOID buffer, DWORD bytes, DWORD* read, DWORD* available,
                          DWORD* left_of_message) {
  IO_STATUS_BLOCK status;
  PIPE_PEEK small, *peek = &small;
  if (!buffer) bytes = 0;
  if (bytes && !(peek = RtlAllocateHeap(GetProcessHeap(), 0, sizeof *peek + bytes))) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return FALSE;
  }
  NTSTATUS done = NtFsControlFile(pipe, 0, 0, 0, &status, FSCTL_PIPE_PEEK, 0, 0, peek,
                                  (ULONG)sizeof *peek + bytes);
  BOOL peeked = done == STATUS_BUFFER_OVERFLOW || succeeded(done);
  if (peeked) {
    ULONG copied = status.Information - (ULONG)sizeof *peek;
    if (bytes) RtlMoveMemory(buffer, peek + 1, copied);
    if (read) *read = copied;
    if (available) *available = peek->Available;
    if (left_of_message) *left_of_message = 0;
  }
  if (peek != &small) RtlFreeHeap(GetProcessHeap(), 0, peek);
  return peeked;
}
