/* Reading the console: the lab's standard input, a line at a time, with the ends that a keyboard
 * gives lines. The end of the input is a read of no characters, as Ctrl-Z gives it. */
#include "system/kernel32/console.h"

#define LINE_BYTES 8192
#define ROOM_FOR_AN_END 8

/* What of a line has not been taken yet. */
static struct {
  UCHAR Bytes[LINE_BYTES];
  ULONG At, End;
  WCHAR LowSurrogate; /* of a pair whose first half was the last to have room */
} line;

/* Up to the line's end, or nearly as much as there is room for: never in the middle of UTF-8. */
static BOOL read_line(HANDLE console) {
  line.At = line.End = 0;
  for (UCHAR byte = 0; byte != '\n';) {
    DWORD count = 0;
    if (!ReadFile(console, &byte, 1, &count, 0)) return FALSE;
    if (count == 0) break;
    if (byte == '\n' && !(line.End && line.Bytes[line.End - 1] == '\r')) {
      line.Bytes[line.End++] = '\r';
    }
    line.Bytes[line.End++] = byte;
    if (line.End > LINE_BYTES - ROOM_FOR_AN_END && byte < 0x80) break;
    if (line.End > LINE_BYTES - 2) break;
  }
  return TRUE;
}

static BOOL ready(HANDLE console, DWORD* read) {
  *read = 0;
  if (BasepConsoleSide(console) != CONSOLE_INPUT) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  return line.At < line.End || line.LowSurrogate || read_line(console);
}

BOOL WINAPI ReadConsoleA(HANDLE console, PVOID buffer, DWORD count, DWORD* read, PVOID control) {
  char* to = buffer;
  if (!ready(console, read)) return FALSE;
  for (; *read < count && line.At < line.End; ++*read) to[*read] = (char)line.Bytes[line.At++];
  return TRUE;
}

static ULONG sequence_length(UCHAR first) {
  return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* The next character of the line as UTF-16: how many units it has. */
static ULONG decode(WCHAR* units) {
  ULONG most = sequence_length(line.Bytes[line.At]), bytes = 0;
  if (most > line.End - line.At) most = line.End - line.At;
  ULONG length = 1;
  while (length < most && (line.Bytes[line.At + length] & 0xc0) == 0x80) ++length;
  RtlUTF8ToUnicodeN(units, 4 * sizeof(WCHAR), &bytes, (const char*)line.Bytes + line.At, length);
  line.At += length;
  return bytes / sizeof(WCHAR);
}

BOOL WINAPI ReadConsoleW(HANDLE console, PVOID buffer, DWORD count, DWORD* read, PVOID control) {
  WCHAR *to = buffer, units[4];
  if (!ready(console, read)) return FALSE;
  if (line.LowSurrogate && count) {
    to[(*read)++] = line.LowSurrogate;
    line.LowSurrogate = 0;
  }
  while (*read < count && line.At < line.End) {
    ULONG length = decode(units);
    to[(*read)++] = units[0];
    if (length < 2) continue;
    if (*read < count) {
      to[(*read)++] = units[1];
    } else {
      line.LowSurrogate = units[1];
    }
  }
  return TRUE;
}

/* Nobody types ahead: what is there to discard has not been read yet. */
BOOL WINAPI FlushConsoleInputBuffer(HANDLE console) {
  if (BasepConsoleSide(console) != CONSOLE_INPUT) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  line.At = line.End = 0;
  line.LowSurrogate = 0;
  return TRUE;
}
