/* CommandLineToArgvW: arguments out of a command line, by Microsoft's rules for quotation marks and
 * backslashes ("CommandLineToArgvW function", and for two marks in a row "Parsing C command-line
 * arguments"). */
#include "system/win32.h"

#define ERROR_INVALID_PARAMETER 87
#define ERROR_NOT_ENOUGH_MEMORY 8

DWORD WINAPI GetModuleFileNameW(HMODULE module, WCHAR* path, DWORD room);

static BOOL is_blank(WCHAR c) {
  return c == ' ' || c == '\t';
}

/* The program's name: up to the next quotation mark, or blank; backslashes mean nothing special. */
static const WCHAR* program_name(const WCHAR* at, WCHAR** to) {
  BOOL quoted = *at == '"';
  if (quoted) ++at;
  while (*at && (quoted ? *at != '"' : *at > ' ')) *(*to)++ = *at++;
  if (quoted && *at) ++at;
  *(*to)++ = 0;
  return at;
}

static const WCHAR* argument(const WCHAR* at, WCHAR** to) {
  BOOL quoted = FALSE;
  while (*at && (quoted || !is_blank(*at))) {
    ULONG slashes = 0;
    while (at[slashes] == '\\') ++slashes;
    at += slashes;
    if (*at != '"') { /* as they are */
      for (; slashes; --slashes) *(*to)++ = '\\';
      if (*at && (quoted || !is_blank(*at))) *(*to)++ = *at++;
      continue;
    }
    /* Two make one; an odd one makes the mark a character. */
    for (ULONG i = 0; i < slashes / 2; ++i) *(*to)++ = '\\';
    if (slashes % 2) {
      *(*to)++ = *at++;
    } else if (quoted && at[1] == '"') {
      *(*to)++ = '"'; /* two marks within quotation marks: one mark, and the quotation ends */
      at += 2;
      quoted = FALSE;
    } else {
      quoted = !quoted;
      ++at;
    }
  }
  *(*to)++ = 0;
  return at;
}

WCHAR** WINAPI CommandLineToArgvW(const WCHAR* line, int* count) {
  WCHAR own[MAX_PATH];
  if (!line || !count) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  if (!*line) { /* an empty line: the program's path */
    GetModuleFileNameW(0, own, MAX_PATH);
    own[MAX_PATH - 1] = 0;
  }
  const WCHAR* at = *line ? line : own;
  ULONG length = 0;
  while (at[length]) ++length;
  /* At most one argument for two characters, and the name; no text gets longer. */
  const ULONG most = length / 2 + 2;
  WCHAR** arguments =
      LocalAlloc(0, (most + 1) * sizeof(WCHAR*) + (length + most + 1) * sizeof(WCHAR));
  if (!arguments) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return 0;
  }
  WCHAR* to = (WCHAR*)(arguments + most + 1);
  int found = 0;
  arguments[found++] = to;
  at = *line ? program_name(at, &to) : argument(at, &to);
  for (;;) {
    while (is_blank(*at)) ++at;
    if (!*at) break;
    arguments[found++] = to;
    at = argument(at, &to);
  }
  arguments[found] = 0;
  *count = found;
  return arguments;
}
