/* The empty registry, the user, and what ntdll has of time, errors and back traces: as Microsoft
 * documents each function; results also from Wine 8.0. */
#include "cases/say.h"
#include "system/ntdll/ntdll.h"
#include "system/win32_strings.h"

#define HKEY_CURRENT_USER ((PVOID)0x80000001u)
#define HKEY_LOCAL_MACHINE ((PVOID)0x80000002u)

LONG WINAPI RegOpenKeyExA(PVOID key, const char* name, DWORD options, DWORD access, PVOID* opened);
LONG WINAPI RegOpenKeyExW(PVOID key, const WCHAR* name, DWORD options, DWORD access, PVOID* opened);
LONG WINAPI RegCloseKey(PVOID key);
LONG WINAPI RegQueryValueExA(PVOID key, const char* name, DWORD* reserved, DWORD* type, BYTE* data,
                             DWORD* bytes);
LONG WINAPI RegGetValueA(PVOID key, const char* subkey, const char* name, DWORD flags, DWORD* type,
                         PVOID data, DWORD* bytes);
LONG WINAPI RegEnumValueA(PVOID key, DWORD index, char* name, DWORD* room, DWORD* reserved,
                          DWORD* type, BYTE* data, DWORD* bytes);
LONG WINAPI RegDeleteKeyA(PVOID key, const char* name);
BOOL WINAPI GetUserNameA(char* to, DWORD* room);

typedef struct TIME_FIELDS {
  int16_t Year, Month, Day, Hour, Minute, Second, Milliseconds, Weekday;
} TIME_FIELDS;
VOID NTAPI RtlTimeToTimeFields(const LARGE_INTEGER* time, TIME_FIELDS* fields);
BOOLEAN NTAPI RtlTimeFieldsToTime(const TIME_FIELDS* fields, LARGE_INTEGER* time);
BOOLEAN NTAPI RtlTimeToSecondsSince1970(const LARGE_INTEGER* time, ULONG* seconds);
USHORT NTAPI RtlCaptureStackBackTrace(ULONG skip, ULONG most, PVOID* frames, ULONG* hash);
ULONG __cdecl DbgPrint(const char* format, ...);

int failures;

static void registry(void) {
  PVOID key = 0;
  BYTE data[4];
  char name[32];
  DWORD bytes = 4;
  CHECK(RegOpenKeyExA(HKEY_LOCAL_MACHINE, "Software\\nosuch", 0, 0x20019, &key) == 2);
  CHECK(RegOpenKeyExW(HKEY_CURRENT_USER, L"nosuch", 0, 0x20019, &key) == 2 && !key);
  CHECK(RegOpenKeyExA((PVOID)0x1230, "x", 0, 0x20019, &key) == 6);
  CHECK(RegCloseKey(HKEY_CURRENT_USER) == 0 && RegCloseKey((PVOID)0x1230) == 6);
  CHECK(RegQueryValueExA(HKEY_CURRENT_USER, "nosuch", 0, 0, 0, &bytes) == 2);
  CHECK(RegQueryValueExA(HKEY_CURRENT_USER, "nosuch", 0, 0, data, 0) == 87);
  CHECK(RegGetValueA(HKEY_CURRENT_USER, "nosuch", "x", 0xffff, 0, 0, 0) == 2);
  CHECK(RegEnumValueA(HKEY_LOCAL_MACHINE, 99, name, &bytes, 0, 0, 0, 0) == 259);
  CHECK(RegDeleteKeyA(HKEY_CURRENT_USER, "nosuch") == 2);
  bytes = 2;
  CHECK(!GetUserNameA(name, &bytes) && GetLastError() == 122 && bytes > 2);
  bytes = sizeof name;
  CHECK(GetUserNameA(name, &bytes) && bytes == (DWORD)lstrlenA(name) + 1);
}

static void times(void) {
  LARGE_INTEGER time = 130384260123450000ll, back = 0; /* whole milliseconds */
  TIME_FIELDS fields;
  ULONG seconds = 0;
  RtlTimeToTimeFields(&time, &fields);
  CHECK(RtlTimeFieldsToTime(&fields, &back) && back == time);
  back = 116444736000000000ll; /* 1 January 1970, a Thursday */
  RtlTimeToTimeFields(&back, &fields);
  CHECK(fields.Year == 1970 && fields.Month == 1 && fields.Day == 1 && fields.Weekday == 4);
  CHECK(RtlTimeToSecondsSince1970(&back, &seconds) && seconds == 0);
  back -= 1;
  CHECK(!RtlTimeToSecondsSince1970(&back, &seconds));
  fields.Month = 13;
  CHECK(!RtlTimeFieldsToTime(&fields, &back));
}

static void errors(void) {
  CHECK(RtlSetLastWin32ErrorAndNtStatusFromNtStatus((NTSTATUS)0xc0000034) == 2);
  CHECK(GetLastError() == 2 && RtlGetLastNtStatus() == (NTSTATUS)0xc0000034);
  CHECK(RtlNtStatusToDosErrorNoTeb((NTSTATUS)0xc0000008) == 6);
  CHECK(RtlGetLastNtStatus() == (NTSTATUS)0xc0000034);
  CHECK(!CloseHandle((HANDLE)0x9990) && RtlGetLastNtStatus() == (NTSTATUS)0xc0000008);
  CHECK(DbgPrint("%d nobody listens\n", 5) == 0);
}

/* Microsoft's CaptureStackBackTrace: none skipped, the first is in the function that calls. (Wine
 * begins a frame later.) */
__attribute__((noinline)) static void back_trace(void) {
  PVOID frames[4] = {0, 0, 0, 0}, more[4];
  ULONG hash = 0;
  USHORT count = RtlCaptureStackBackTrace(0, 4, frames, &hash);
  CHECK(count >= 2 && frames[0] > (PVOID)back_trace && frames[0] < (PVOID)((char*)back_trace + 80));
  CHECK(frames[1] == __builtin_return_address(0));
  CHECK(RtlCaptureStackBackTrace(1, 1, more, 0) == 1 && more[0] == frames[1]);
  CHECK(RtlCaptureStackBackTrace(0, 1, more, &hash) == 1 && hash == (ULONG)more[0]);
}

/* ntdll's own C functions, which no import library offers. */
static void c_functions(void) {
  typedef int(__cdecl * SPRINTF)(char*, const char*, ...);
  typedef int(__cdecl * COMPARE)(const char*, const char*);
  typedef int(__cdecl * KIND)(int);
  HMODULE ntdll = GetModuleHandleA("ntdll.dll");
  char text[32];
  CHECK(((SPRINTF)GetProcAddress(ntdll, "sprintf"))(text, "%d %s %08x", -5, "ab", 0x1234) == 14);
  CHECK(lstrcmpA(text, "-5 ab 00001234") == 0);
  CHECK(((COMPARE)GetProcAddress(ntdll, "_stricmp"))("ABC", "abc") == 0);
  CHECK(((KIND)GetProcAddress(ntdll, "isdigit"))('7') && GetProcAddress(ntdll, "_chkstk"));
  CHECK(((KIND)GetProcAddress(ntdll, "toupper"))('x') == 'X' && GetProcAddress(ntdll, "_alldiv"));
}

void start(void) {
  c_functions();
  registry();
  times();
  errors();
  back_trace();
  CHECK_ENDS("registry");
}
