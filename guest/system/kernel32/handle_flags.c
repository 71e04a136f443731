/* Flags of handles. No child process is ever made: what it would inherit is kept and told. */
#include "system/kernel32/base.h"

#define ObjectHandleFlagInformation 4
#define HANDLE_FLAG_INHERIT 1
#define HANDLE_FLAG_PROTECT_FROM_CLOSE 2

typedef struct OBJECT_HANDLE_FLAG_INFORMATION {
  BOOLEAN Inherit, ProtectFromClose;
} OBJECT_HANDLE_FLAG_INFORMATION;

BOOL WINAPI GetHandleInformation(HANDLE handle, DWORD* flags) {
  OBJECT_HANDLE_FLAG_INFORMATION information;
  if (!succeeded(
          NtQueryObject(handle, ObjectHandleFlagInformation, &information, sizeof information, 0)))
    return FALSE;
  *flags = (information.Inherit ? HANDLE_FLAG_INHERIT : 0u) |
           (information.ProtectFromClose ? HANDLE_FLAG_PROTECT_FROM_CLOSE : 0u);
  return TRUE;
}

BOOL WINAPI SetHandleInformation(HANDLE handle, DWORD mask, DWORD flags) {
  DWORD now;
  if (!GetHandleInformation(handle, &now)) return FALSE;
  DWORD to = (now & ~mask) | (flags & mask);
  if (to == now) return TRUE;
  OBJECT_HANDLE_FLAG_INFORMATION information = {(to & HANDLE_FLAG_INHERIT) != 0,
                                                (to & HANDLE_FLAG_PROTECT_FROM_CLOSE) != 0};
  return succeeded(NtSetInformationObject(handle, ObjectHandleFlagInformation, &information,
                                          sizeof information));
}
