/* Notifications of the machine's suspending and resuming. The lab's machine never does. */
#include "system/win32.h"

#define ERROR_SUCCESS 0
#define ERROR_NOT_ENOUGH_MEMORY 8
#define ERROR_INVALID_PARAMETER 87
#define DEVICE_NOTIFY_SERVICE_HANDLE 1
#define DEVICE_NOTIFY_CALLBACK 2

typedef struct REGISTRATION {
  DWORD Flags;
  PVOID Recipient;
} REGISTRATION;

DWORD WINAPI PowerRegisterSuspendResumeNotification(DWORD flags, PVOID recipient,
                                                    REGISTRATION** registration) {
  if ((flags != DEVICE_NOTIFY_CALLBACK && flags != DEVICE_NOTIFY_SERVICE_HANDLE) || !recipient ||
      !registration) {
    return ERROR_INVALID_PARAMETER;
  }
  *registration = HeapAlloc(GetProcessHeap(), 0, sizeof **registration);
  if (!*registration) return ERROR_NOT_ENOUGH_MEMORY;
  **registration = (REGISTRATION){flags, recipient};
  return ERROR_SUCCESS;
}

DWORD WINAPI PowerUnregisterSuspendResumeNotification(REGISTRATION* registration) {
  if (!registration) return ERROR_INVALID_PARAMETER;
  HeapFree(GetProcessHeap(), 0, registration);
  return ERROR_SUCCESS;
}
