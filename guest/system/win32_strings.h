/* kernel32's functions for text, the environment, time and versions. */
#ifndef SYSTEM_WIN32_STRINGS_H
#define SYSTEM_WIN32_STRINGS_H

#include "system/win32.h"

#define CP_ACP 0
#define CP_OEMCP 1
#define CP_UTF8 65001
#define MB_ERR_INVALID_CHARS 8
#define WC_ERR_INVALID_CHARS 0x80
UINT WINAPI GetACP(void);
UINT WINAPI GetOEMCP(void);
BOOL WINAPI IsValidCodePage(UINT page);
BOOL WINAPI GetCPInfo(UINT page, PVOID information);
int WINAPI MultiByteToWideChar(UINT page, DWORD flags, const char* from, int bytes, WCHAR* to,
                               int room);
int WINAPI WideCharToMultiByte(UINT page, DWORD flags, const WCHAR* from, int count, char* to,
                               int room, const char* replacement, BOOL* replaced);
int WINAPI lstrlenW(const WCHAR* text);
char* WINAPI lstrcpyA(char* to, const char* from);
char* WINAPI lstrcpynA(char* to, const char* from, int most);
char* WINAPI lstrcatA(char* to, const char* from);
int WINAPI lstrcmpA(const char* left, const char* right);
int WINAPI lstrcmpiA(const char* left, const char* right);
WCHAR* WINAPI lstrcpyW(WCHAR* to, const WCHAR* from);
int WINAPI lstrcmpiW(const WCHAR* left, const WCHAR* right);

BOOL WINAPI GetStringTypeW(DWORD info, const WCHAR* text, int count, WORD* types);
BOOL WINAPI GetStringTypeA(DWORD locale, DWORD info, const char* text, int count, WORD* types);
int WINAPI LCMapStringW(DWORD locale, DWORD flags, const WCHAR* from, int count, WCHAR* to,
                        int room);
int WINAPI LCMapStringA(DWORD locale, DWORD flags, const char* from, int count, char* to, int room);
int WINAPI CompareStringA(DWORD locale, DWORD flags, const char* left, int left_length,
                          const char* right, int right_length);
int WINAPI CompareStringOrdinal(const WCHAR* left, int left_length, const WCHAR* right,
                                int right_length, BOOL ignore_case);

WCHAR* WINAPI GetEnvironmentStringsW(void);
char* WINAPI GetEnvironmentStringsA(void);
BOOL WINAPI FreeEnvironmentStringsW(WCHAR* strings);
BOOL WINAPI FreeEnvironmentStringsA(char* strings);
DWORD WINAPI GetEnvironmentVariableA(const char* name, char* to, DWORD room);
DWORD WINAPI GetEnvironmentVariableW(const WCHAR* name, WCHAR* to, DWORD room);
BOOL WINAPI SetEnvironmentVariableA(const char* name, const char* value);
BOOL WINAPI SetEnvironmentVariableW(const WCHAR* name, const WCHAR* value);
DWORD WINAPI ExpandEnvironmentStringsA(const char* from, char* to, DWORD room);
DWORD WINAPI FormatMessageA(DWORD flags, const void* source, DWORD message, DWORD language,
                            char* buffer, DWORD room, PVOID arguments);
DWORD WINAPI FormatMessageW(DWORD flags, const void* source, DWORD message, DWORD language,
                            WCHAR* buffer, DWORD room, PVOID arguments);

typedef struct SYSTEMTIME {
  WORD Year, Month, DayOfWeek, Day, Hour, Minute, Second, Milliseconds;
} SYSTEMTIME;
VOID WINAPI GetSystemTime(SYSTEMTIME* time);
VOID WINAPI GetLocalTime(SYSTEMTIME* time);
BOOL WINAPI FileTimeToSystemTime(const uint64_t* time, SYSTEMTIME* to);
BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME* from, uint64_t* time);
BOOL WINAPI FileTimeToDosDateTime(const uint64_t* time, WORD* date, WORD* of_day);
BOOL WINAPI DosDateTimeToFileTime(WORD date, WORD of_day, uint64_t* time);
DWORD WINAPI GetTimeZoneInformation(PVOID information);
uint64_t WINAPI GetTickCount64(void);

BOOL WINAPI GetVersionExA(PVOID information);
BOOL WINAPI GetVersionExW(PVOID information);
BOOL WINAPI IsProcessorFeaturePresent(DWORD feature);
VOID WINAPI OutputDebugStringW(const WCHAR* text);
VOID WINAPI DebugBreak(void);
PVOID WINAPI EncodePointer(PVOID pointer);
PVOID WINAPI DecodePointer(PVOID pointer);
int WINAPI MulDiv(int number, int numerator, int denominator);
BOOL WINAPI SetThreadErrorMode(DWORD mode, DWORD* old);

#endif
