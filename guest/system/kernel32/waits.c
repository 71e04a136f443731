/* Waiting, and what can be waited for. */
#include "system/kernel32/base.h"
#include "system/kernel32/objects.h"

#define STATUS_OBJECT_NAME_EXISTS ((NTSTATUS)0x40000000)

#define EVENT_ALL_ACCESS 0x1f0003
#define SEMAPHORE_ALL_ACCESS 0x1f0003
#define MUTEX_ALL_ACCESS 0x1f0001
#define OBJ_OPENIF 0x80
#define OBJ_INHERIT 0x2
#define MAXIMUM_WAIT_OBJECTS 64
#define WaitAll 0
#define WaitAny 1
#define NotificationEvent 0
#define SynchronizationEvent 1

/* The attributes of an object with that name: null for one without. */
static OBJECT_ATTRIBUTES* name_object(OBJECT_ATTRIBUTES* attributes, UNICODE_STRING* string,
                                      const WCHAR* name) {
  if (!name) return 0;
  RtlInitUnicodeString(string, name);
  *attributes = (OBJECT_ATTRIBUTES){sizeof *attributes, 0, string, OBJ_OPENIF, 0, 0};
  return attributes;
}

/* What a Create call returns: an object that was there already is told by the last error. */
static HANDLE created(NTSTATUS status, HANDLE handle) {
  if (!succeeded(status)) return 0;
  SetLastError(status == STATUS_OBJECT_NAME_EXISTS ? ERROR_ALREADY_EXISTS : 0);
  return handle;
}

DWORD WINAPI WaitForSingleObjectEx(HANDLE handle, DWORD milliseconds, BOOL alertable) {
  LARGE_INTEGER timeout;
  NTSTATUS status =
      NtWaitForSingleObject(handle, alertable != 0, timeout_of(milliseconds, &timeout));
  return succeeded(status) ? (DWORD)status : WAIT_FAILED;
}

DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD milliseconds) {
  return WaitForSingleObjectEx(handle, milliseconds, FALSE);
}

DWORD WINAPI WaitForMultipleObjectsEx(DWORD count, const HANDLE* handles, BOOL all,
                                      DWORD milliseconds, BOOL alertable) {
  HANDLE copy[MAXIMUM_WAIT_OBJECTS];
  LARGE_INTEGER timeout;
  if (count > MAXIMUM_WAIT_OBJECTS) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return WAIT_FAILED;
  }
  for (DWORD i = 0; i < count; ++i) copy[i] = handles[i];
  NTSTATUS status = NtWaitForMultipleObjects(count, copy, all ? WaitAll : WaitAny, alertable != 0,
                                             timeout_of(milliseconds, &timeout));
  return succeeded(status) ? (DWORD)status : WAIT_FAILED;
}

DWORD WINAPI WaitForMultipleObjects(DWORD count, const HANDLE* handles, BOOL all,
                                    DWORD milliseconds) {
  return WaitForMultipleObjectsEx(count, handles, all, milliseconds, FALSE);
}

DWORD WINAPI SleepEx(DWORD milliseconds, BOOL alertable) {
  LARGE_INTEGER interval = INT64_MIN; /* for ever */
  timeout_of(milliseconds, &interval);
  return (DWORD)NtDelayExecution(alertable != 0, &interval);
}

VOID WINAPI Sleep(DWORD milliseconds) {
  SleepEx(milliseconds, FALSE);
}

HANDLE WINAPI CreateEventW(PVOID security, BOOL manual_reset, BOOL signalled, const WCHAR* name) {
  OBJECT_ATTRIBUTES attributes;
  UNICODE_STRING string;
  HANDLE event = 0;
  NTSTATUS status =
      NtCreateEvent(&event, EVENT_ALL_ACCESS, name_object(&attributes, &string, name),
                    manual_reset ? NotificationEvent : SynchronizationEvent, signalled != 0);
  return created(status, event);
}

HANDLE WINAPI CreateEventA(PVOID security, BOOL manual_reset, BOOL signalled, const char* name) {
  WCHAR wide[MAX_PATH];
  if (name && !BasepWidenName(name, wide)) return 0;
  return CreateEventW(security, manual_reset, signalled, name ? wide : 0);
}

BOOL WINAPI SetEvent(HANDLE event) {
  return succeeded(NtSetEvent(event, 0));
}
BOOL WINAPI ResetEvent(HANDLE event) {
  return succeeded(NtResetEvent(event, 0));
}

HANDLE WINAPI CreateSemaphoreW(PVOID security, LONG count, LONG limit, const WCHAR* name) {
  OBJECT_ATTRIBUTES attributes;
  UNICODE_STRING string;
  HANDLE semaphore = 0;
  NTSTATUS status = NtCreateSemaphore(&semaphore, SEMAPHORE_ALL_ACCESS,
                                      name_object(&attributes, &string, name), count, limit);
  return created(status, semaphore);
}

HANDLE WINAPI CreateSemaphoreA(PVOID security, LONG count, LONG limit, const char* name) {
  WCHAR wide[MAX_PATH];
  if (name && !BasepWidenName(name, wide)) return 0;
  return CreateSemaphoreW(security, count, limit, name ? wide : 0);
}

BOOL WINAPI ReleaseSemaphore(HANDLE semaphore, LONG count, LONG* previous) {
  return succeeded(NtReleaseSemaphore(semaphore, count, previous));
}

HANDLE WINAPI CreateMutexW(PVOID security, BOOL owned, const WCHAR* name) {
  OBJECT_ATTRIBUTES attributes;
  UNICODE_STRING string;
  HANDLE mutex = 0;
  NTSTATUS status =
      NtCreateMutant(&mutex, MUTEX_ALL_ACCESS, name_object(&attributes, &string, name), owned != 0);
  return created(status, mutex);
}

HANDLE WINAPI CreateMutexA(PVOID security, BOOL owned, const char* name) {
  WCHAR wide[MAX_PATH];
  if (name && !BasepWidenName(name, wide)) return 0;
  return CreateMutexW(security, owned, name ? wide : 0);
}

BOOL WINAPI ReleaseMutex(HANDLE mutex) {
  return succeeded(NtReleaseMutant(mutex, 0));
}

BOOL WINAPI CloseHandle(HANDLE handle) {
  return succeeded(NtClose(handle));
}

BOOL WINAPI DuplicateHandle(HANDLE from_process, HANDLE handle, HANDLE to_process,
                            HANDLE* duplicate, DWORD access, BOOL inherit, DWORD options) {
  return succeeded(NtDuplicateObject(from_process, handle, to_process, duplicate, access,
                                     inherit ? OBJ_INHERIT : 0, options));
}
