/* Opening what has a name, and the Ex forms of creating it. */
#include "system/kernel32/base.h"
#include "system/kernel32/objects.h"

#define CREATE_EVENT_MANUAL_RESET 1
#define CREATE_EVENT_INITIAL_SET 2
#define CREATE_MUTEX_INITIAL_OWNER 1

typedef NTSTATUS(NTAPI* OPEN_ROUTINE)(HANDLE*, ACCESS_MASK, PVOID);

static HANDLE open_object(OPEN_ROUTINE open, DWORD access, const WCHAR* name) {
  OBJECT_ATTRIBUTES attributes;
  UNICODE_STRING string;
  HANDLE handle = 0;
  if (!name) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  RtlInitUnicodeString(&string, name);
  attributes = (OBJECT_ATTRIBUTES){sizeof attributes, 0, &string, 0, 0, 0};
  return succeeded(open(&handle, access, &attributes)) ? handle : 0;
}

static HANDLE open_ansi(OPEN_ROUTINE open, DWORD access, const char* name) {
  WCHAR wide[MAX_PATH];
  if (name && !BasepWidenName(name, wide)) return 0;
  return open_object(open, access, name ? wide : 0);
}

HANDLE WINAPI OpenEventW(DWORD access, BOOL inherit, const WCHAR* name) {
  return open_object(NtOpenEvent, access, name);
}
HANDLE WINAPI OpenEventA(DWORD access, BOOL inherit, const char* name) {
  return open_ansi(NtOpenEvent, access, name);
}
HANDLE WINAPI OpenMutexW(DWORD access, BOOL inherit, const WCHAR* name) {
  return open_object(NtOpenMutant, access, name);
}
HANDLE WINAPI OpenMutexA(DWORD access, BOOL inherit, const char* name) {
  return open_ansi(NtOpenMutant, access, name);
}
HANDLE WINAPI OpenSemaphoreW(DWORD access, BOOL inherit, const WCHAR* name) {
  return open_object(NtOpenSemaphore, access, name);
}
HANDLE WINAPI OpenSemaphoreA(DWORD access, BOOL inherit, const char* name) {
  return open_ansi(NtOpenSemaphore, access, name);
}

HANDLE WINAPI CreateEventExW(PVOID security, const WCHAR* name, DWORD flags, DWORD access) {
  return CreateEventW(security, flags & CREATE_EVENT_MANUAL_RESET,
                      (flags & CREATE_EVENT_INITIAL_SET) != 0, name);
}
HANDLE WINAPI CreateEventExA(PVOID security, const char* name, DWORD flags, DWORD access) {
  return CreateEventA(security, flags & CREATE_EVENT_MANUAL_RESET,
                      (flags & CREATE_EVENT_INITIAL_SET) != 0, name);
}
HANDLE WINAPI CreateMutexExW(PVOID security, const WCHAR* name, DWORD flags, DWORD access) {
  return CreateMutexW(security, flags & CREATE_MUTEX_INITIAL_OWNER, name);
}
HANDLE WINAPI CreateMutexExA(PVOID security, const char* name, DWORD flags, DWORD access) {
  return CreateMutexA(security, flags & CREATE_MUTEX_INITIAL_OWNER, name);
}
HANDLE WINAPI CreateSemaphoreExW(PVOID security, LONG count, LONG limit, const WCHAR* name,
                                 DWORD flags, DWORD access) {
  return CreateSemaphoreW(security, count, limit, name);
}
HANDLE WINAPI CreateSemaphoreExA(PVOID security, LONG count, LONG limit, const char* name,
                                 DWORD flags, DWORD access) {
  return CreateSemaphoreA(security, count, limit, name);
}

DWORD WINAPI SignalObjectAndWait(HANDLE signal, HANDLE wait, DWORD milliseconds, BOOL alertable) {
  LARGE_INTEGER timeout;
  NTSTATUS status = NtSignalAndWaitForSingleObject(signal, wait, alertable != 0,
                                                   timeout_of(milliseconds, &timeout));
  return succeeded(status) ? (DWORD)status : WAIT_FAILED;
}
