/* Access tokens and privileges: as Microsoft documents each function, for an ordinary user. */
#include "system/win32.h"
#include "system/win32_errors.h"
#include "system/win32_strings.h"

#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_NO_TOKEN 1008
#define ERROR_NOT_ALL_ASSIGNED 1300
#define ERROR_NO_SUCH_PRIVILEGE 1313
#define TokenElevation 20

NTSTATUS NTAPI NtOpenProcessToken(HANDLE process, ULONG access, HANDLE* token);
NTSTATUS NTAPI NtQueryInformationToken(HANDLE token, ULONG what, PVOID to, ULONG bytes,
                                       ULONG* needed);

BOOL WINAPI OpenProcessToken(HANDLE process, DWORD access, HANDLE* token) {
  return succeeded(NtOpenProcessToken(process, access, token));
}

/* No thread impersonates anybody. */
BOOL WINAPI OpenThreadToken(HANDLE thread, DWORD access, BOOL as_self, HANDLE* token) {
  return fail(ERROR_NO_TOKEN);
}

BOOL WINAPI GetTokenInformation(HANDLE token, ULONG what, PVOID to, DWORD bytes, DWORD* needed) {
  return succeeded(NtQueryInformationToken(token, what, to, bytes, needed));
}

typedef struct PRIVILEGE {
  const char* Name;
  ULONG Number; /* the low half of the LUID: winnt.h, SE_..._PRIVILEGE of the DDK's wdm.h */
  BOOL Held;    /* by an ordinary user */
} PRIVILEGE;

static const PRIVILEGE privileges[] = {
    {"SeCreateTokenPrivilege", 2, FALSE},
    {"SeAssignPrimaryTokenPrivilege", 3, FALSE},
    {"SeLockMemoryPrivilege", 4, FALSE},
    {"SeIncreaseQuotaPrivilege", 5, FALSE},
    {"SeTcbPrivilege", 7, FALSE},
    {"SeSecurityPrivilege", 8, FALSE},
    {"SeTakeOwnershipPrivilege", 9, FALSE},
    {"SeLoadDriverPrivilege", 10, FALSE},
    {"SeSystemProfilePrivilege", 11, FALSE},
    {"SeSystemtimePrivilege", 12, FALSE},
    {"SeProfileSingleProcessPrivilege", 13, FALSE},
    {"SeIncreaseBasePriorityPrivilege", 14, FALSE},
    {"SeCreatePagefilePrivilege", 15, FALSE},
    {"SeBackupPrivilege", 17, FALSE},
    {"SeRestorePrivilege", 18, FALSE},
    {"SeShutdownPrivilege", 19, TRUE},
    {"SeDebugPrivilege", 20, FALSE},
    {"SeSystemEnvironmentPrivilege", 22, FALSE},
    {"SeChangeNotifyPrivilege", 23, TRUE},
    {"SeRemoteShutdownPrivilege", 24, FALSE},
    {"SeUndockPrivilege", 25, TRUE},
    {"SeManageVolumePrivilege", 28, FALSE},
    {"SeImpersonatePrivilege", 29, FALSE},
    {"SeCreateGlobalPrivilege", 30, FALSE},
    {"SeIncreaseWorkingSetPrivilege", 33, TRUE},
    {"SeTimeZonePrivilege", 34, TRUE},
    {"SeCreateSymbolicLinkPrivilege", 35, FALSE},
};

BOOL WINAPI LookupPrivilegeValueA(const char* system, const char* name, ULONG* luid) {
  for (ULONG i = 0; i < sizeof privileges / sizeof privileges[0]; ++i) {
    if (lstrcmpiA(name, privileges[i].Name)) continue;
    luid[0] = privileges[i].Number;
    luid[1] = 0;
    return TRUE;
  }
  return fail(ERROR_NO_SUCH_PRIVILEGE);
}

BOOL WINAPI LookupPrivilegeValueW(const WCHAR* system, const WCHAR* name, ULONG* luid) {
  char narrow[64];
  ULONG length = 0;
  for (; name[length]; ++length) {
    if (length == sizeof narrow - 1 || name[length] > 0x7e) return fail(ERROR_NO_SUCH_PRIVILEGE);
    narrow[length] = (char)name[length];
  }
  narrow[length] = 0;
  return LookupPrivilegeValueA(0, narrow, luid);
}

typedef struct TOKEN_PRIVILEGES {
  DWORD Count;
  struct {
    ULONG Luid[2];
    DWORD Attributes;
  } Privileges[];
} TOKEN_PRIVILEGES;

static BOOL is_held(const ULONG* luid) {
  for (ULONG i = 0; i < sizeof privileges / sizeof privileges[0]; ++i) {
    if (privileges[i].Number == luid[0] && luid[1] == 0) return privileges[i].Held;
  }
  return FALSE;
}

/* A success in any case; the last error tells whether all were there to be adjusted. Nothing in the
 * lab asks for one, so that none is kept. */
BOOL WINAPI AdjustTokenPrivileges(HANDLE token, BOOL disable_all, const TOKEN_PRIVILEGES* wanted,
                                  DWORD bytes, TOKEN_PRIVILEGES* previous, DWORD* needed) {
  ULONG elevation, length;
  if (!GetTokenInformation(token, TokenElevation, &elevation, sizeof elevation, &length)) {
    return FALSE;
  }
  if (previous) {
    if (bytes < sizeof previous->Count) return fail(ERROR_INSUFFICIENT_BUFFER);
    previous->Count = 0;
  }
  if (needed) *needed = sizeof wanted->Count;
  BOOL all = TRUE;
  for (DWORD i = 0; !disable_all && i < wanted->Count; ++i) {
    if (!is_held(wanted->Privileges[i].Luid)) all = FALSE;
  }
  SetLastError(all ? 0 : ERROR_NOT_ALL_ASSIGNED);
  return TRUE;
}
