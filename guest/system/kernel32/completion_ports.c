/* I/O completion ports. */
#include "system/kernel32/base.h"

#define IO_COMPLETION_ALL_ACCESS 0x1f0003
#define INVALID_HANDLE_VALUE ((HANDLE)-1)

typedef struct OVERLAPPED_ENTRY {
  ULONG_PTR CompletionKey;
  PVOID Overlapped;
  ULONG_PTR Internal;
  DWORD NumberOfBytesTransferred;
} OVERLAPPED_ENTRY;

/* No file of the lab's is opened for overlapped operations, and Windows takes no other. */
HANDLE WINAPI CreateIoCompletionPort(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads) {
  HANDLE made = 0;
  if (file != INVALID_HANDLE_VALUE || port) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  NTSTATUS status = NtCreateIoCompletion(&made, IO_COMPLETION_ALL_ACCESS, 0, threads);
  return succeeded(status) ? made : 0;
}

BOOL WINAPI PostQueuedCompletionStatus(HANDLE port, DWORD bytes, ULONG_PTR key, PVOID overlapped) {
  return succeeded(NtSetIoCompletion(port, key, (ULONG_PTR)overlapped, STATUS_SUCCESS, bytes));
}

/* What ended without a completion: the time was up, or the port was closed meanwhile. */
static BOOL nothing_came(NTSTATUS status) {
  SetLastError(status == STATUS_TIMEOUT ? WAIT_TIMEOUT : RtlNtStatusToDosError(status));
  return FALSE;
}

/* FALSE with an overlapped operation: that operation failed. */
BOOL WINAPI GetQueuedCompletionStatus(HANDLE port, DWORD* bytes, ULONG_PTR* key, PVOID* overlapped,
                                      DWORD milliseconds) {
  LARGE_INTEGER timeout;
  IO_STATUS_BLOCK block = {0, 0};
  ULONG_PTR value = 0;
  NTSTATUS status =
      NtRemoveIoCompletion(port, key, &value, &block, timeout_of(milliseconds, &timeout));
  if (status != STATUS_SUCCESS) {
    *overlapped = 0;
    return nothing_came(status);
  }
  *overlapped = (PVOID)value;
  *bytes = block.Information;
  return succeeded(block.Status);
}

BOOL WINAPI GetQueuedCompletionStatusEx(HANDLE port, OVERLAPPED_ENTRY* entries, ULONG room,
                                        ULONG* removed, DWORD milliseconds, BOOL alertable) {
  LARGE_INTEGER timeout;
  NTSTATUS status =
      NtRemoveIoCompletionEx(port, (FILE_IO_COMPLETION_INFORMATION*)entries, room, removed,
                             timeout_of(milliseconds, &timeout), alertable != 0);
  return status == STATUS_SUCCESS ? TRUE : nothing_came(status);
}

BOOL WINAPI SetFileCompletionNotificationModes(HANDLE file, UCHAR modes) {
  SetLastError(ERROR_INVALID_PARAMETER);
  return FALSE;
}
