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

void start(void) {
  variables();
  messages();
  times();
  rest();
  CHECK_ENDS("environment");
}
