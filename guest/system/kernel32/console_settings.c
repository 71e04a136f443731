/* What a program tells its console and asks of it, besides modes: code pages, title, colours and
 * size. Nothing is drawn: what is set is kept and told, and the cursor stays where it began. */
#include "system/kernel32/console.h"

#define COLUMNS 80
#define ROWS 25
#define GREY_ON_BLACK 7
#define LONGEST_TITLE 1024

typedef struct COORD {
  int16_t X, Y;
} COORD;

typedef struct CONSOLE_SCREEN_BUFFER_INFO {
  COORD Size, CursorPosition;
  WORD Attributes;
  int16_t Left, Top, Right, Bottom;
  COORD MaximumWindowSize;
} CONSOLE_SCREEN_BUFFER_INFO;
_Static_assert(sizeof(CONSOLE_SCREEN_BUFFER_INFO) == 22, "CONSOLE_SCREEN_BUFFER_INFO of the SDK");

/* A console begins with the OEM code page. Bytes pass through it as they are, whatever it is. */
static UINT input_page = RTLP_OEM, output_page = RTLP_OEM;
static WORD attributes = GREY_ON_BLACK;
static WCHAR title[LONGEST_TITLE];

UINT WINAPI GetConsoleCP(void) {
  return input_page;
}
UINT WINAPI GetConsoleOutputCP(void) {
  return output_page;
}

BOOL WINAPI IsValidCodePage(UINT page);
static BOOL set_page(UINT* page, UINT to) {
  if (!IsValidCodePage(to)) return fail(ERROR_INVALID_PARAMETER);
  *page = to;
  return TRUE;
}
BOOL WINAPI SetConsoleCP(UINT page) {
  return set_page(&input_page, page);
}
BOOL WINAPI SetConsoleOutputCP(UINT page) {
  return set_page(&output_page, page);
}

/* The buffer is as large as its window. */
BOOL WINAPI GetConsoleScreenBufferInfo(HANDLE console, CONSOLE_SCREEN_BUFFER_INFO* information) {
  if (BasepConsoleSide(console) != CONSOLE_OUTPUT) return fail(ERROR_INVALID_HANDLE);
  *information = (CONSOLE_SCREEN_BUFFER_INFO){{COLUMNS, ROWS}, {0, 0},   attributes,     0, 0,
                                              COLUMNS - 1,     ROWS - 1, {COLUMNS, ROWS}};
  return TRUE;
}

BOOL WINAPI SetConsoleTextAttribute(HANDLE console, WORD to) {
  if (BasepConsoleSide(console) != CONSOLE_OUTPUT) return fail(ERROR_INVALID_HANDLE);
  attributes = to;
  return TRUE;
}

BOOL WINAPI SetConsoleTitleW(const WCHAR* to) {
  ULONG length = BasepLength(to);
  if (length >= LONGEST_TITLE) return fail(ERROR_NOT_ENOUGH_MEMORY);
  RtlMoveMemory(title, to, (length + 1) * sizeof(WCHAR));
  return TRUE;
}

BOOL WINAPI SetConsoleTitleA(const char* to) {
  WCHAR* wide = BasepWiden(to);
  BOOL done = wide && SetConsoleTitleW(wide);
  BasepFree(wide);
  return done;
}

/* Before it is set it is the program's path, as Explorer has it. */
static const WCHAR* current_title(void) {
  return title[0] ? title : current_peb()->ProcessParameters->ImagePathName.Buffer;
}

/* As much as there is room for; the result is the length of all of it. */
DWORD WINAPI GetConsoleTitleW(WCHAR* to, DWORD room) {
  const WCHAR* from = current_title();
  ULONG length = BasepLength(from);
  if (!room) return 0;
  ULONG copied = length < room ? length : room - 1;
  RtlMoveMemory(to, from, copied * sizeof(WCHAR));
  to[copied] = 0;
  SetLastError(0);
  return length;
}

DWORD WINAPI GetConsoleTitleA(char* to, DWORD room) {
  const WCHAR* from = current_title();
  ULONG length = BasepLength(from);
  if (!room) return 0;
  ULONG copied = length < room ? length : room - 1;
  RtlUnicodeToMultiByteN(to, copied, 0, from, copied * sizeof(WCHAR));
  to[copied] = 0;
  SetLastError(0);
  return length;
}

/* There is no window. */
HANDLE WINAPI GetConsoleWindow(void) {
  return 0;
}
