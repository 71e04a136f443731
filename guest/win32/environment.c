/* The environment, messages, time, versions: as Microsoft documents each function. */
#include "cases/say.h"
#include "system/win32_strings.h"

#define ERROR_INVALID_PARAMETER 87
#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_ENVVAR_NOT_FOUND 203
#define ERROR_MR_MID_NOT_FOUND 317
#define FROM_SYSTEM 0x1000
#define FROM_STRING 0x400
#define ARGUMENT_ARRAY 0x2000

#define ERROR_FILE_NOT_FOUND 2
#define ERROR_ACCESS_DENIED 5
#define ERROR_OLD_WIN_VERSION 1150
#define APPMODEL_ERROR_NO_PACKAGE 15700

typedef struct OSVERSIONINFOEXA {
  DWORD Size, Major, Minor, Build, Platform;
  char ServicePack[128];
  WORD ServicePackMajor, ServicePackMinor, SuiteMask;
  BYTE ProductType, Reserved;
} OSVERSIONINFOEXA;

ULONGLONG WINAPI VerSetConditionMask(ULONGLONG mask, DWORD kinds, BYTE condition);
BOOL WINAPI VerifyVersionInfoA(const OSVERSIONINFOEXA* wanted, DWORD kinds, ULONGLONG mask);
DWORD WINAPI SearchPathA(const char* folders, const char* file, const char* extension, DWORD room,
                         char* to, char** file_part);
VOID WINAPI SetFileApisToOEM(void);
VOID WINAPI SetFileApisToANSI(void);
BOOL WINAPI AreFileApisANSI(void);
HANDLE WINAPI CreateFileA(const char* name, DWORD access, DWORD share, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE like);
BOOL WINAPI CreateDirectoryA(const char* name, PVOID security);
BOOL WINAPI RemoveDirectoryA(const char* name);
BOOL WINAPI DeleteFileA(const char* name);
LONG WINAPI GetCurrentPackageId(DWORD* bytes, PVOID buffer);
BOOL WINAPI AttachConsole(DWORD process);
BOOL WINAPI AllocConsole(void);
BOOL WINAPI FreeConsole(void);
BOOL WINAPI K32EnumProcessModules(HANDLE process, HMODULE* modules, DWORD bytes, DWORD* needed);
BOOL WINAPI K32GetModuleInformation(HANDLE process, HMODULE module, PVOID information, DWORD bytes);
DWORD WINAPI K32GetModuleBaseNameA(HANDLE process, HMODULE module, char* name, DWORD room);

int failures;
static char text[256];

static int is(const char* expected) {
  const char* at = text;
  while (*at && *at == *expected) ++at, ++expected;
  return *at == *expected;
}

static void variables(void) {
  CHECK(!GetEnvironmentVariableA("no such", text, 256) && GetLastError() == ERROR_ENVVAR_NOT_FOUND);
  CHECK(SetEnvironmentVariableA("Lab", "one") && GetEnvironmentVariableA("LAB", text, 256) == 3);
  CHECK(is("one"));
  CHECK(GetEnvironmentVariableA("lab", text, 3) == 4 && GetEnvironmentVariableA("lab", 0, 0) == 4);
  CHECK(SetEnvironmentVariableA("lab", "three") && GetEnvironmentVariableA("lab", text, 6) == 5);
  CHECK(is("three"));
  CHECK(SetEnvironmentVariableA("=C:", "C:\\lab") && GetEnvironmentVariableA("=C:", text, 256));
  CHECK(!SetEnvironmentVariableA("a=b", "c") && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!SetEnvironmentVariableA("", "c") && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(ExpandEnvironmentStringsA("<%LAB%> 50% %none% %", text, 256) == 21);
  CHECK(is("<three> 50% %none% %"));
  CHECK(ExpandEnvironmentStringsA("%lab%", text, 3) == 6);
  CHECK(GetEnvironmentVariableA("SystemRoot", text, 256) && is("C:\\Windows"));
  WCHAR* strings = GetEnvironmentStringsW();
  int count = 0;
  WCHAR before = 0;
  for (WCHAR* at = strings; *at; at += lstrlenW(at) + 1, ++count) {
    WCHAR first = *at >= 'a' && *at <= 'z' ? *at - 32 : *at;
    CHECK(first >= before || count == 0 || *at == '='); /* in the order of names */
    if (*at != '=') before = first;
  }
  CHECK(count > 5 && FreeEnvironmentStringsW(strings));
  char* ansi = GetEnvironmentStringsA();
  CHECK(ansi && FreeEnvironmentStringsA(ansi));
  CHECK(SetEnvironmentVariableA("lab", 0) && !GetEnvironmentVariableA("lab", text, 256));
  CHECK(SetEnvironmentVariableA("empty", "") && GetEnvironmentVariableA("empty", text, 256) == 0);
  CHECK(text[0] == 0);
}

static void messages(void) {
  CHECK(FormatMessageA(FROM_SYSTEM, 0, 2, 0, text, 256, 0) == 44);
  CHECK(is("The system cannot find the file specified.\r\n"));
  CHECK(FormatMessageA(FROM_SYSTEM | 0xff, 0, 5, 0, text, 256, 0) && is("Access is denied. "));
  CHECK(!FormatMessageA(FROM_SYSTEM, 0, 0x12345, 0, text, 256, 0));
  CHECK(GetLastError() == ERROR_MR_MID_NOT_FOUND);
  CHECK(!FormatMessageA(FROM_SYSTEM, 0, 2, 0, text, 10, 0));
  CHECK(GetLastError() == ERROR_INSUFFICIENT_BUFFER);
  ULONG_PTR words[] = {(ULONG_PTR) "Bob", 42, 7, (ULONG_PTR)L"wide"};
  const DWORD array = FROM_STRING | ARGUMENT_ARRAY;
  /* Microsoft's own example of FormatMessage: "%1!*.*s! %4 %5!*s!" and its kin */
  CHECK(FormatMessageA(array, "%1 is %2!d! or %2!05x!, %4!S!%%%n%1!6s!|%1!-6s!|%!%0 rest", 0, 0,
                       text, 256, words));
  CHECK(is("Bob is 42 or 0002a, wide%\r\n   Bob|Bob   |!"));
  ULONG_PTR star[] = {5, 2, (ULONG_PTR) "Bill", (ULONG_PTR) "Bob"};
  CHECK(FormatMessageA(array, "%1!*.*s! %4", 0, 0, text, 256, star) && is("   Bi Bob"));
  CHECK(FormatMessageA(FROM_STRING | 0x200, "%1 %2!d!", 0, 0, text, 256, 0) && is("%1 %2!d!"));
  char* made = 0;
  CHECK(FormatMessageA(array | 0x100, "[%1]", 0, 0, (char*)&made, 0, words) == 5);
  CHECK(made && made[1] == 'B' && LocalFree(made) == 0);
  WCHAR wide[32];
  CHECK(FormatMessageW(array, L"%4=%1!hs!", 0, 0, wide, 32, words) == 8 && wide[4] == '=');
}

static void times(void) {
  SYSTEMTIME time;
  uint64_t ticks = 0;
  CHECK(FileTimeToSystemTime(&ticks, &time)); /* 1 January 1601 was a Monday */
  CHECK(time.Year == 1601 && time.Month == 1 && time.Day == 1 && time.DayOfWeek == 1);
  ticks = 116444736000000000; /* 1 January 1970, a Thursday */
  CHECK(FileTimeToSystemTime(&ticks, &time));
  CHECK(time.Year == 1970 && time.Month == 1 && time.Day == 1 && time.DayOfWeek == 4);
  ticks += (uint64_t)951782399 * 10000000 + 1230000; /* 28 February 2000, 23:59:59.123 */
  CHECK(FileTimeToSystemTime(&ticks, &time));
  CHECK(time.Year == 2000 && time.Month == 2 && time.Day == 28 && time.DayOfWeek == 1);
  CHECK(time.Hour == 23 && time.Minute == 59 && time.Second == 59 && time.Milliseconds == 123);
  uint64_t back = 0;
  CHECK(SystemTimeToFileTime(&time, &back) && back == ticks);
  time.Day = 29;
  CHECK(SystemTimeToFileTime(&time, &back) && back == ticks + 864000000000); /* a leap year */
  time.Day = 30;
  CHECK(!SystemTimeToFileTime(&time, &back) && GetLastError() == ERROR_INVALID_PARAMETER);
  ticks = 0x8000000000000000;
  CHECK(!FileTimeToSystemTime(&ticks, &time) && GetLastError() == ERROR_INVALID_PARAMETER);
  WORD date = 0, of_day = 0;
  CHECK(DosDateTimeToFileTime(0x285d, 0x645c, &back)); /* 29 February 2000, 12:34:56 */
  CHECK(FileTimeToDosDateTime(&back, &date, &of_day) && date == 0x285d && of_day == 0x645c);
  LARGE_INTEGER now;
  GetSystemTimeAsFileTime(&now);
  GetSystemTime(&time);
  CHECK(SystemTimeToFileTime(&time, &back) && back <= (uint64_t)now + 10000000 &&
        back + 10000000 >= (uint64_t)now);
  uint64_t count = GetTickCount64();
  Sleep(20);
  CHECK(GetTickCount64() >= count + 20 && GetTickCount64() < count + 1000);
  LONG zone[43];
  CHECK(GetTimeZoneInformation(zone) == 0 && zone[0] == 0);
}

static int breakpoints, texts;
static LONG WINAPI count_exceptions(EXCEPTION_POINTERS* pointers) {
  DWORD code = pointers->ExceptionRecord->ExceptionCode;
  if (code == 0x80000003) ++breakpoints;
  if (code == 0x40010006 || code == 0x4001000a) ++texts;
  return EXCEPTION_CONTINUE_SEARCH;
}

__attribute__((noinline)) static void break_here(void) {
  DebugBreak();
}

static void rest(void) {
  DWORD version[71] = {276};
  CHECK(GetVersionExW(version) && version[1] >= 5 && version[4] == 2);
  version[0] = 148;
  CHECK(GetVersionExA(version) && version[1] >= 5);
  version[0] = 100;
  CHECK(!GetVersionExW(version) && GetLastError() == ERROR_INSUFFICIENT_BUFFER);
  CHECK(IsProcessorFeaturePresent(10) && !IsProcessorFeaturePresent(28));
  PVOID pointer = (PVOID)0x12345678;
  CHECK(EncodePointer(pointer) != pointer && DecodePointer(EncodePointer(pointer)) == pointer);
  CHECK(DecodePointer(EncodePointer(0)) == 0);
  CHECK(MulDiv(7, 3, 2) == 11 && MulDiv(-7, 3, 2) == -11 && MulDiv(1, 1, 0) == -1);
  CHECK(MulDiv(0x7fffffff, 4, 2) == -1 && MulDiv(1000000, 1000000, 1000000) == 1000000);
  DWORD old = 9;
  CHECK(SetThreadErrorMode(1, &old) && old == 0 && SetThreadErrorMode(0, &old) && old == 1);
  PVOID handle = AddVectoredExceptionHandler(TRUE, count_exceptions);
  OutputDebugStringA("text");
  CHECK(texts == 1);
  OutputDebugStringW(L"text");
  CHECK(texts == 2);
  DWORD code = 0;
  __try {
    break_here();
  } __except (code = GetExceptionCode(), EXCEPTION_EXECUTE_HANDLER) {
  }
  CHECK(code == 0x80000003 && breakpoints == 1 && RemoveVectoredExceptionHandler(handle));
}

/* The version that a program without a manifest is told: at most 6.2. */
static void versions(void) {
  enum {
    MINOR = 1,
    MAJOR = 2,
    PRODUCT = 0x80,
    EQUAL = 1,
    GREATER = 2,
    GREATER_EQUAL = 3,
    LESS = 4
  };
  OSVERSIONINFOEXA wanted = {.Size = sizeof wanted, .Major = 5, .Minor = 1, .ProductType = 1};
  ULONGLONG at_least = VerSetConditionMask(0, MAJOR, GREATER_EQUAL);
  CHECK(at_least == 0x18); /* three bits for each kind, in the order of the kinds' bits */
  at_least = VerSetConditionMask(at_least, MINOR, GREATER_EQUAL);
  CHECK(at_least == 0x1b);
  CHECK(VerifyVersionInfoA(&wanted, MAJOR | MINOR, at_least));
  wanted.Minor = 9; /* 5.9: less than 6.1, whatever its minor version; XP is 5.1 */
  DWORD major = GetVersion() & 0xff;
  CHECK(VerifyVersionInfoA(&wanted, MAJOR | MINOR, at_least) == (major > 5));
  wanted.Major = 12, wanted.Minor = 0;
  CHECK(!VerifyVersionInfoA(&wanted, MAJOR | MINOR, at_least));
  CHECK(GetLastError() == ERROR_OLD_WIN_VERSION);
  CHECK(VerifyVersionInfoA(&wanted, MAJOR, VerSetConditionMask(0, MAJOR, LESS)));
  wanted.Major = major;
  CHECK(VerifyVersionInfoA(&wanted, MAJOR, VerSetConditionMask(0, MAJOR, EQUAL)));
  CHECK(!VerifyVersionInfoA(&wanted, MAJOR, VerSetConditionMask(0, MAJOR, GREATER)));
  CHECK(VerifyVersionInfoA(&wanted, PRODUCT, VerSetConditionMask(0, PRODUCT, EQUAL)));
}

static void searching(void) {
  char* part = 0;
  CHECK(CreateDirectoryA("C:\\lab\\deep", 0));
  HANDLE file = CreateFileA("C:\\lab\\deep\\found.txt", 0x40000000, 0, 0, 1, 0x80, 0);
  CHECK(file != (HANDLE)-1 && CloseHandle(file));
  CHECK(SearchPathA("C:\\none;C:\\lab\\deep", "found", ".txt", 256, text, &part) == 21);
  CHECK(is("C:\\lab\\deep\\found.txt") && part == text + 12);
  CHECK(SearchPathA(0, "deep\\found.txt", 0, 256, text, 0) == 21);
  CHECK(SearchPathA("C:\\lab\\deep", "found.txt", ".doc", 3, text, 0) == 22);
  CHECK(!SearchPathA("C:\\lab\\deep", "none.txt", 0, 256, text, 0));
  CHECK(GetLastError() == ERROR_FILE_NOT_FOUND);
  CHECK(SetEnvironmentVariableA("PATH", "C:\\lab\\deep"));
  CHECK(SearchPathA(0, "found.txt", 0, 256, text, 0) == 21);
  CHECK(DeleteFileA("C:\\lab\\deep\\found.txt") && RemoveDirectoryA("C:\\lab\\deep"));

  CHECK(AreFileApisANSI());
  SetFileApisToOEM();
  CHECK(!AreFileApisANSI());
  CHECK(CreateDirectoryA("C:\\lab\\\x84", 0)); /* the letter is E4 in the ANSI code page */
  SetFileApisToANSI();
  CHECK(RemoveDirectoryA("C:\\lab\\\xe4"));
}

static void the_process(void) {
  DWORD bytes = 0, needed = 0;
  HMODULE modules[64];
  struct {
    PVOID base;
    DWORD size;
    PVOID entry;
  } information;
  CHECK(GetCurrentPackageId(&bytes, 0) == APPMODEL_ERROR_NO_PACKAGE);
  CHECK(!AttachConsole(0xffffffff) && GetLastError() == ERROR_ACCESS_DENIED);
  CHECK(!AllocConsole() && FreeConsole() && AllocConsole());
  CHECK(K32EnumProcessModules(GetCurrentProcess(), modules, sizeof modules, &needed));
  CHECK(needed >= 3 * sizeof(HMODULE) && modules[0] == GetModuleHandleA(0));
  CHECK(K32GetModuleInformation(GetCurrentProcess(), 0, &information, sizeof information));
  CHECK(information.base == modules[0] && information.size > 0x1000 && information.entry);
  CHECK(K32GetModuleBaseNameA(GetCurrentProcess(), modules[0], text, 256) == 21);
  CHECK(is("win32_environment.exe"));
}

void start(void) {
  versions();
  searching();
  the_process();
  variables();
  messages();
  times();
  rest();
  CHECK_ENDS("environment");
}
