/* What a program asks of its console: modes, handlers of Ctrl-C, text in UTF-16. */
#include "system/kernel32/console.h"
#include "system/kernel32/files.h"

#define ERROR_NOT_ENOUGH_MEMORY_FOR_HANDLER 8
#define INPUT_MODE 0x1f7 /* a new console's: processed, lines, echo, mouse, insert, quick edit */
#define OUTPUT_MODE 0x3  /* processed, wrapped at the end of the line */
#define FILE_READ_DATA 0x1
#define MOST_HANDLERS 32

typedef BOOL(WINAPI* CTRL_HANDLER)(DWORD event);

static DWORD input_mode = INPUT_MODE, output_mode = OUTPUT_MODE;
static CTRL_HANDLER handlers[MOST_HANDLERS];
static ULONG handler_count;

CONSOLE_SIDE BasepConsoleSide(HANDLE handle) {
  IO_STATUS_BLOCK status;
  ULONG device[2], access;
  if (NT_SUCCESS(NtQueryVolumeInformationFile(handle, &status, device, sizeof device,
                                              FileFsDeviceInformation)) &&
      device[0] == FILE_DEVICE_CONSOLE &&
      NT_SUCCESS(
          NtQueryInformationFile(handle, &status, &access, sizeof access, FileAccessInformation))) {
    return access & FILE_READ_DATA ? CONSOLE_INPUT : CONSOLE_OUTPUT;
  }
  SetLastError(ERROR_INVALID_HANDLE);
  return NO_CONSOLE;
}

static DWORD* mode_of(HANDLE console) {
  CONSOLE_SIDE side = BasepConsoleSide(console);
  return side == CONSOLE_INPUT ? &input_mode : side == CONSOLE_OUTPUT ? &output_mode : 0;
}

BOOL WINAPI GetConsoleMode(HANDLE console, DWORD* mode) {
  const DWORD* current = mode_of(console);
  if (current) *mode = *current;
  return current != 0;
}

/* It is kept; nobody types and nothing is drawn, so that it changes nothing. */
BOOL WINAPI SetConsoleMode(HANDLE console, DWORD mode) {
  DWORD* current = mode_of(console);
  if (current) *current = mode;
  return current != 0;
}

/* Nobody presses Ctrl-C, so that none is ever called; null says whether Ctrl-C is ignored. */
BOOL WINAPI SetConsoleCtrlHandler(CTRL_HANDLER handler, BOOL add) {
  if (!handler) return TRUE;
  if (add) {
    if (handler_count == MOST_HANDLERS) {
      SetLastError(ERROR_NOT_ENOUGH_MEMORY_FOR_HANDLER);
      return FALSE;
    }
    handlers[handler_count++] = handler;
    return TRUE;
  }
  for (ULONG i = handler_count; i-- > 0;) {
    if (handlers[i] != handler) continue;
    for (--handler_count; i < handler_count; ++i) handlers[i] = handlers[i + 1];
    return TRUE;
  }
  SetLastError(ERROR_INVALID_PARAMETER);
  return FALSE;
}

/* One character of `text`, whose length is not 0, as UTF-8: how many units it took. A surrogate
 * without its other half becomes U+FFFD. */
static ULONG encode(const WCHAR* text, ULONG length, UCHAR* to, ULONG* bytes) {
  ULONG c = text[0], taken = 1;
  if (c >= 0xd800 && c <= 0xdbff && length > 1 && text[1] >= 0xdc00 && text[1] <= 0xdfff) {
    c = 0x10000 + ((c - 0xd800) << 10) + (text[1] - 0xdc00u);
    taken = 2;
  } else if (c >= 0xd800 && c <= 0xdfff) {
    c = 0xfffd;
  }
  if (c < 0x80) {
    to[(*bytes)++] = (UCHAR)c;
    return taken;
  }
  if (c < 0x800) {
    to[(*bytes)++] = (UCHAR)(0xc0 | c >> 6);
  } else {
    if (c < 0x10000) {
      to[(*bytes)++] = (UCHAR)(0xe0 | c >> 12);
    } else {
      to[(*bytes)++] = (UCHAR)(0xf0 | c >> 18);
      to[(*bytes)++] = (UCHAR)(0x80 | (c >> 12 & 0x3f));
    }
    to[(*bytes)++] = (UCHAR)(0x80 | (c >> 6 & 0x3f));
  }
  to[(*bytes)++] = (UCHAR)(0x80 | (c & 0x3f));
  return taken;
}

/* The console's text leaves the lab as UTF-8. */
BOOL WINAPI WriteConsoleW(HANDLE console, const WCHAR* text, DWORD count, DWORD* written,
                          PVOID reserved) {
  UCHAR utf8[512];
  if (written) *written = 0;
  if (!mode_of(console)) return FALSE;
  for (DWORD at = 0; at < count;) {
    ULONG bytes = 0;
    while (at < count && bytes <= sizeof utf8 - 4)
      at += encode(text + at, count - at, utf8, &bytes);
    if (!WriteFile(console, utf8, bytes, 0, 0)) return FALSE;
    if (written) *written = at;
  }
  return TRUE;
}
