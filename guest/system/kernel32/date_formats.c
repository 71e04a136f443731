/* Dates and times as text: GetDateFormat and GetTimeFormat, with the pictures of Microsoft's "Day,
 * Month, Year, and Era Format Pictures" and "Hour, Minute, and Second Format Pictures". */
#include "system/kernel32/locale_names.h"

#define DATE_SHORTDATE 1
#define DATE_LONGDATE 2
#define DATE_YEARMONTH 8
#define DATE_MONTHDAY 0x80
#define TIME_NOMINUTESORSECONDS 1
#define TIME_NOSECONDS 2
#define TIME_NOTIMEMARKER 4
#define TIME_FORCE24HOURFORMAT 8
#define NO_USER_OVERRIDE 0xc0000000u /* with LOCALE_USE_CP_ACP: nothing else could be told */
#define LONGEST 512

typedef struct SYSTEMTIME {
  WORD Year, Month, DayOfWeek, Day, Hour, Minute, Second, Milliseconds;
} SYSTEMTIME;

VOID WINAPI GetLocalTime(SYSTEMTIME* time);
BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME* from, uint64_t* time);
BOOL WINAPI FileTimeToSystemTime(const uint64_t* time, SYSTEMTIME* to);
int WINAPI GetLocaleInfoW(DWORD locale, DWORD type, WCHAR* to, int room);

typedef struct TEXT {
  WCHAR Units[LONGEST];
  ULONG Length;
} TEXT;

static void put(TEXT* text, WCHAR unit) {
  if (text->Length < LONGEST - 1) text->Units[text->Length++] = unit;
}

static void put_number(TEXT* text, ULONG value, ULONG digits) {
  WCHAR reversed[10];
  ULONG count = 0;
  do {
    reversed[count++] = (WCHAR)('0' + value % 10);
    value /= 10;
  } while (value);
  for (; digits > count; --digits) put(text, '0');
  while (count) put(text, reversed[--count]);
}

static void put_name(TEXT* text, DWORD type) {
  WCHAR name[24];
  GetLocaleInfoW(LOCALE_US, type, name, 24);
  for (const WCHAR* at = name; *at; ++at) put(text, *at);
}

/* What a run of one letter stands for; FALSE: it stands for itself. */
typedef BOOL (*PUT_FIELD)(TEXT* text, WCHAR letter, ULONG count, const SYSTEMTIME* time,
                          DWORD flags);

static BOOL put_date_field(TEXT* text, WCHAR letter, ULONG count, const SYSTEMTIME* time,
                           DWORD flags) {
  DWORD day = (time->DayOfWeek + 6u) % 7; /* from Monday on */
  switch (letter) {
    case 'd':
      if (count > 3) return put_name(text, 0x2a + day), TRUE;
      if (count == 3) return put_name(text, 0x31 + day), TRUE;
      return put_number(text, time->Day, count), TRUE;
    case 'M':
      if (count > 3) return put_name(text, 0x38 + time->Month - 1u), TRUE;
      if (count == 3) return put_name(text, 0x44 + time->Month - 1u), TRUE;
      return put_number(text, time->Month, count), TRUE;
    case 'y':
      if (count > 2) return put_number(text, time->Year, 4), TRUE;
      return put_number(text, time->Year % 100u, count), TRUE;
    case 'g':
      LabUnmodelled("the era in a date");
  }
  return FALSE;
}

static BOOL put_time_field(TEXT* text, WCHAR letter, ULONG count, const SYSTEMTIME* time,
                           DWORD flags) {
  ULONG digits = count > 2 ? 2 : count;
  BOOL twelve = letter == 'h' && !(flags & TIME_FORCE24HOURFORMAT);
  switch (letter) {
    case 'h':
    case 'H':
      return put_number(text, twelve ? (time->Hour + 11u) % 12 + 1 : time->Hour, digits), TRUE;
    case 'm':
      return put_number(text, time->Minute, digits), TRUE;
    case 's':
      return put_number(text, time->Second, digits), TRUE;
    case 't':
      put(text, time->Hour < 12 ? 'A' : 'P');
      if (count > 1) put(text, 'M');
      return TRUE;
  }
  return FALSE;
}

/* A field that flags leave out takes the separators before it along. */
static BOOL left_out(WCHAR letter, DWORD flags) {
  if (letter == 's') return flags & (TIME_NOSECONDS | TIME_NOMINUTESORSECONDS) ? TRUE : FALSE;
  if (letter == 'm') return flags & TIME_NOMINUTESORSECONDS ? TRUE : FALSE;
  return letter == 't' && (flags & TIME_NOTIMEMARKER);
}

/* Text in quotes is taken as it is, with two quotes in it for one. */
static void format(TEXT* text, const WCHAR* picture, const SYSTEMTIME* time, DWORD flags,
                   PUT_FIELD put_field) {
  ULONG kept = 0; /* length of the text after the last field */
  while (*picture) {
    WCHAR letter = *picture;
    if (letter == '\'') {
      for (++picture; *picture && !(picture[0] == '\'' && picture[1] != '\''); ++picture) {
        put(text, *picture);
        if (*picture == '\'') ++picture;
      }
      if (*picture) ++picture;
      continue;
    }
    ULONG count = 1;
    while (picture[count] == letter) ++count;
    picture += count;
    if (put_field == put_time_field && left_out(letter, flags)) {
      text->Length = kept;
      continue;
    }
    if (put_field(text, letter, count, time, flags)) {
      kept = text->Length;
    } else {
      for (; count; --count) put(text, letter);
    }
  }
  text->Units[text->Length] = 0;
}

/* The day of the week is worked out, whatever the structure says. */
static BOOL date_of(const SYSTEMTIME* given, SYSTEMTIME* date) {
  uint64_t time;
  if (!given) return GetLocalTime(date), TRUE;
  *date = (SYSTEMTIME){given->Year, given->Month, 0, given->Day, 0, 0, 0, 0};
  return SystemTimeToFileTime(date, &time) && FileTimeToSystemTime(&time, date);
}

static BOOL date_text(DWORD flags, const SYSTEMTIME* given, const WCHAR* picture, TEXT* text) {
  SYSTEMTIME date;
  WCHAR usual[24];
  DWORD kind = flags & ~NO_USER_OVERRIDE, type = 0x1f;
  if (kind & ~(DATE_SHORTDATE | DATE_LONGDATE | DATE_YEARMONTH | DATE_MONTHDAY) ||
      (kind & (kind - 1)) || (picture && flags)) {
    return fail(ERROR_INVALID_FLAGS);
  }
  if (kind == DATE_LONGDATE) type = 0x20;
  if (kind == DATE_YEARMONTH) type = 0x1006;
  if (kind == DATE_MONTHDAY) type = 0x78;
  if (!picture) GetLocaleInfoW(LOCALE_US, type, usual, 24);
  if (!date_of(given, &date)) return FALSE;
  text->Length = 0;
  format(text, picture ? picture : usual, &date, 0, put_date_field);
  return TRUE;
}

static BOOL time_text(DWORD flags, const SYSTEMTIME* given, const WCHAR* picture, TEXT* text) {
  SYSTEMTIME time;
  DWORD kind = flags & ~NO_USER_OVERRIDE;
  if (kind & ~0xfu) return fail(ERROR_INVALID_FLAGS);
  if (given) {
    time = *given;
  } else {
    GetLocalTime(&time);
  }
  if (time.Hour > 23 || time.Minute > 59 || time.Second > 59 || time.Milliseconds > 999)
    return fail(ERROR_INVALID_PARAMETER);
  text->Length = 0;
  format(text, picture ? picture : L"h:mm:ss tt", &time, kind, put_time_field);
  return TRUE;
}

/* date_text or time_text, and how its result is given. */
typedef BOOL (*MAKE_TEXT)(DWORD flags, const SYSTEMTIME* time, const WCHAR* picture, TEXT* text);

static int give(MAKE_TEXT make, BOOL known, DWORD flags, const SYSTEMTIME* time,
                const WCHAR* picture, WCHAR* to, int room) {
  TEXT text;
  if (!known || !make(flags, time, picture, &text)) return 0;
  return BasepGiveLocaleText(text.Units, to, room);
}

static int give_ansi(MAKE_TEXT make, DWORD locale, DWORD flags, const SYSTEMTIME* time,
                     const char* picture, char* to, int room) {
  TEXT text;
  WCHAR* wide = picture ? BasepWiden(picture) : 0;
  int length = (wide || !picture) && BasepKnowsLocale(locale) && make(flags, time, wide, &text)
                   ? BasepGiveLocaleAnsi(text.Units, to, room)
                   : 0;
  if (wide) BasepFree(wide);
  return length;
}

int WINAPI GetDateFormatW(DWORD locale, DWORD flags, const SYSTEMTIME* date, const WCHAR* picture,
                          WCHAR* to, int room) {
  return give(date_text, BasepKnowsLocale(locale), flags, date, picture, to, room);
}

int WINAPI GetDateFormatEx(const WCHAR* locale, DWORD flags, const SYSTEMTIME* date,
                           const WCHAR* picture, WCHAR* to, int room, const WCHAR* calendar) {
  if (calendar) return fail(ERROR_INVALID_PARAMETER);
  return give(date_text, BasepKnowsLocaleName(locale), flags, date, picture, to, room);
}

int WINAPI GetDateFormatA(DWORD locale, DWORD flags, const SYSTEMTIME* date, const char* picture,
                          char* to, int room) {
  return give_ansi(date_text, locale, flags, date, picture, to, room);
}

int WINAPI GetTimeFormatW(DWORD locale, DWORD flags, const SYSTEMTIME* time, const WCHAR* picture,
                          WCHAR* to, int room) {
  return give(time_text, BasepKnowsLocale(locale), flags, time, picture, to, room);
}

int WINAPI GetTimeFormatEx(const WCHAR* locale, DWORD flags, const SYSTEMTIME* time,
                           const WCHAR* picture, WCHAR* to, int room) {
  return give(time_text, BasepKnowsLocaleName(locale), flags, time, picture, to, room);
}

int WINAPI GetTimeFormatA(DWORD locale, DWORD flags, const SYSTEMTIME* time, const char* picture,
                          char* to, int room) {
  return give_ansi(time_text, locale, flags, time, picture, to, room);
}
