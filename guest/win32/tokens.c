/* Who the process runs as: as Microsoft documents each function, for an ordinary user. */
#include "cases/say.h"

#define TOKEN_QUERY 0x8
#define TOKEN_ADJUST_PRIVILEGES 0x20
#define TokenUser 1
#define TokenElevation 20
#define SE_PRIVILEGE_ENABLED 2

BOOL WINAPI OpenProcessToken(HANDLE process, DWORD access, HANDLE* token);
BOOL WINAPI OpenThreadToken(HANDLE thread, DWORD access, BOOL as_self, HANDLE* token);
BOOL WINAPI GetTokenInformation(HANDLE token, ULONG what, PVOID to, DWORD bytes, DWORD* needed);
BOOL WINAPI LookupPrivilegeValueA(const char* system, const char* name, ULONG* luid);
BOOL WINAPI AdjustTokenPrivileges(HANDLE token, BOOL disable_all, const void* wanted, DWORD bytes,
                                  PVOID previous, DWORD* needed);

int failures;

void start(void) {
  HANDLE token = 0, other = 0;
  DWORD needed = 0, elevated = 7;
  ULONG luid[2] = {0, 7};
  UCHAR user[64];
  CHECK(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES, &token));
  CHECK(!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &other));
  CHECK(GetLastError() == 1008); /* ERROR_NO_TOKEN */
  CHECK(GetTokenInformation(token, TokenElevation, &elevated, sizeof elevated, &needed));
  CHECK(needed == 4 && elevated == 0);
  CHECK(!GetTokenInformation(token, TokenUser, user, 4, &needed) && GetLastError() == 122);
  CHECK(needed > 8 && GetTokenInformation(token, TokenUser, user, sizeof user, &needed));
  const UCHAR* sid = *(UCHAR**)user;
  CHECK(sid == user + 8 && sid[0] == 1 && sid[7] == 5); /* revision 1, NT's authority */
  CHECK(needed == 8 + 8 + 4u * sid[1]);
  CHECK(LookupPrivilegeValueA(0, "SeDebugPrivilege", luid) && luid[0] == 20 && luid[1] == 0);
  CHECK(!LookupPrivilegeValueA(0, "SeNone", luid) && GetLastError() == 1313);
  const ULONG debug[] = {1, 20, 0, SE_PRIVILEGE_ENABLED},
              notify[] = {1, 23, 0, SE_PRIVILEGE_ENABLED};
  CHECK(AdjustTokenPrivileges(token, FALSE, debug, 0, 0, 0) && GetLastError() == 1300);
  CHECK(AdjustTokenPrivileges(token, FALSE, notify, 0, 0, 0) && GetLastError() == 0);
  CHECK(CloseHandle(token) && !GetTokenInformation(token, TokenElevation, &elevated, 4, &needed));
  HANDLE event = CreateEventA(0, TRUE, TRUE, 0);
  CHECK(!GetTokenInformation(event, TokenElevation, &elevated, 4, &needed));
  CHECK(GetLastError() == 6);
  CHECK_ENDS("tokens");
}
