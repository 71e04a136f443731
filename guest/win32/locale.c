/* What a locale tells of itself, dates and times as text: as Microsoft documents GetLocaleInfo,
 * GetDateFormat and GetTimeFormat, for the values of en-US; all of it agrees with Wine 8.0. */
#include "cases/say.h"
#include "system/win32_strings.h"

#define ERROR_INVALID_PARAMETER 87
#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_INVALID_FLAGS 1004

int WINAPI GetLocaleInfoA(DWORD locale, DWORD type, char* to, int room);
int WINAPI GetLocaleInfoW(DWORD locale, DWORD type, WCHAR* to, int room);
int WINAPI GetLocaleInfoEx(const WCHAR* locale, DWORD type, WCHAR* to, int room);
int WINAPI GetDateFormatA(DWORD locale, DWORD flags, const SYSTEMTIME* date, const char* picture,
                          char* to, int room);
int WINAPI GetDateFormatEx(const WCHAR* locale, DWORD flags, const SYSTEMTIME* date,
                           const WCHAR* picture, WCHAR* to, int room, const WCHAR* calendar);
int WINAPI GetTimeFormatA(DWORD locale, DWORD flags, const SYSTEMTIME* time, const char* picture,
                          char* to, int room);
int WINAPI GetTimeFormatEx(const WCHAR* locale, DWORD flags, const SYSTEMTIME* time,
                           const WCHAR* picture, WCHAR* to, int room);
int WINAPI GetUserDefaultLocaleName(WCHAR* to, int room);
int WINAPI LCIDToLocaleName(DWORD locale, WCHAR* to, int room, DWORD flags);
DWORD WINAPI LocaleNameToLCID(const WCHAR* name, DWORD flags);
BOOL WINAPI IsValidLocaleName(const WCHAR* name);
BOOL WINAPI EnumSystemLocalesA(BOOL(WINAPI* callback)(const char*), DWORD flags);

int failures;
static char text[64];
static WCHAR wide[64];

static BOOL info(DWORD type, const char* expected) {
  return GetLocaleInfoA(0x409, type, text, sizeof text) == lstrlenA(expected) + 1 &&
         lstrcmpA(text, expected) == 0;
}

static void information(void) {
  DWORD number = 0;
  CHECK(info(0x1, "0409") && info(0x2, "English (United States)") && info(0xe, "."));
  CHECK(info(0x1f, "M/d/yyyy") && info(0x20, "dddd, MMMM d, yyyy") && info(0x1003, "h:mm:ss tt"));
  CHECK(info(0x2a, "Monday") && info(0x43, "December") && info(0x4f, "Dec") && info(0x50, ""));
  CHECK(info(0x59, "en") && info(0x5a, "US") && info(0x5c, "en-US") && info(0x1004, "1252"));
  CHECK(GetLocaleInfoA(0x400, 0x20001004, (char*)&number, 4) == 4 && number == 1252);
  CHECK(GetLocaleInfoW(0x800, 0x20000001, (WCHAR*)&number, 2) == 2 && number == 0x409);
  CHECK(GetLocaleInfoEx(L"EN-us", 0x14, wide, 64) == 2 && wide[0] == '$');
  CHECK(GetLocaleInfoEx(0, 0x5c, wide, 64) == 6 && GetLocaleInfoA(0x409, 2, 0, 0) == 24);
  CHECK(!GetLocaleInfoW(0x409, 0x2000000e, wide, 2) && GetLastError() == ERROR_INVALID_FLAGS);
  CHECK(!GetLocaleInfoA(0x409, 2, text, 3) && GetLastError() == ERROR_INSUFFICIENT_BUFFER);
  CHECK(!GetLocaleInfoA(0x409, 0x999, text, 3) && GetLastError() == ERROR_INVALID_FLAGS);
  CHECK(!GetLocaleInfoA(0x9999, 2, text, 64) && GetLastError() == ERROR_INVALID_PARAMETER);
}

static int enumerated;
static BOOL WINAPI count(const char* name) {
  if (lstrcmpA(name, "00000409") == 0) ++enumerated;
  return TRUE;
}

static void names(void) {
  CHECK(GetUserDefaultLocaleName(wide, 64) == 6 && lstrcmpiW(wide, L"en-us") == 0);
  CHECK(LocaleNameToLCID(L"en-us", 0) == 0x409);
  CHECK(!LocaleNameToLCID(L"xx-yy", 0) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(LCIDToLocaleName(0x400, wide, 64, 0) == 6 && IsValidLocaleName(L"EN-us"));
  CHECK(EnumSystemLocalesA(count, 2) && enumerated == 1);
}

static SYSTEMTIME moment = {2014, 3, 0, 4, 5, 6, 7, 8}; /* a Tuesday */

static BOOL date(DWORD flags, const char* picture, const char* expected) {
  return GetDateFormatA(0x409, flags, &moment, picture, text, sizeof text) ==
             lstrlenA(expected) + 1 &&
         lstrcmpA(text, expected) == 0;
}
static BOOL time(DWORD flags, const char* picture, const char* expected) {
  return GetTimeFormatA(0x409, flags, &moment, picture, text, sizeof text) ==
             lstrlenA(expected) + 1 &&
         lstrcmpA(text, expected) == 0;
}

static void dates(void) {
  CHECK(date(0, 0, "3/4/2014") && date(1, 0, "3/4/2014") && date(8, 0, "March 2014"));
  CHECK(date(2, 0, "Tuesday, March 4, 2014"));
  CHECK(date(0, "ddd dd d MMM MM M yyyy yy y", "Tue 04 4 Mar 03 3 2014 14 14"));
  CHECK(date(0, "d'th of'' 'M", "4th of' 3"));
  CHECK(!GetDateFormatA(0x409, 1, &moment, "dd", text, 64) && GetLastError() == 1004);
  CHECK(GetDateFormatEx(0, 1, &moment, 0, wide, 64, 0) == 9 && lstrcmpiW(wide, L"3/4/2014") == 0);
  moment.Month = 4, moment.Day = 31;
  CHECK(!GetDateFormatA(0x409, 0, &moment, 0, text, 64) &&
        GetLastError() == ERROR_INVALID_PARAMETER);
}

static void times(void) {
  CHECK(time(0, 0, "5:06:07 AM") && time(2, 0, "5:06 AM") && time(1, 0, "5 AM"));
  CHECK(time(4, 0, "5:06:07"));
  CHECK(time(0, "h hh H HH m mm s ss t tt 'h'''", "5 05 5 05 6 06 7 07 A AM h'"));
  moment.Hour = 17;
  CHECK(time(0, 0, "5:06:07 PM") && time(12, 0, "17:06:07"));
  moment.Hour = 0;
  CHECK(time(0, "h:mm t", "12:06 A") && GetTimeFormatEx(L"en-US", 0, &moment, 0, 0, 0) == 12);
  moment.Hour = 24;
  CHECK(!GetTimeFormatA(0x409, 0, &moment, 0, text, 64) &&
        GetLastError() == ERROR_INVALID_PARAMETER);
}

void start(void) {
  information();
  names();
  dates();
  times();
  CHECK_ENDS("locale");
}
