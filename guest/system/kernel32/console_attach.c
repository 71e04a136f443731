/* Which console a process has. A console program is started with one; a program for windows has
 * none until it asks. */
#include "system/kernel32/base.h"

PVOID NTAPI RtlImageNtHeader(PVOID base);

#define ERROR_ACCESS_DENIED 5
#define IMAGE_SUBSYSTEM_WINDOWS_GUI 2
#define SUBSYSTEM_OFFSET 0x5c /* in the NT headers: IMAGE_OPTIONAL_HEADER.Subsystem */

static enum { UNKNOWN, ATTACHED, DETACHED } state;

static BOOL is_attached(void) {
  if (state == UNKNOWN) {
    const UCHAR* headers = RtlImageNtHeader(current_peb()->ImageBaseAddress);
    BOOL windows = *(const USHORT*)(headers + SUBSYSTEM_OFFSET) == IMAGE_SUBSYSTEM_WINDOWS_GUI;
    state = windows ? DETACHED : ATTACHED;
  }
  return state == ATTACHED;
}

static BOOL attach(void) {
  if (is_attached()) { /* a process has one console at most */
    SetLastError(ERROR_ACCESS_DENIED);
    return FALSE;
  }
  state = ATTACHED;
  return TRUE;
}

/* The one other process that has a console is the parent, the lab. */
BOOL WINAPI AttachConsole(DWORD process) {
  const DWORD parent = 0xffffffff;
  if (process == parent) return attach();
  SetLastError(is_attached() ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE);
  return FALSE;
}

BOOL WINAPI AllocConsole(void) {
  return attach();
}

BOOL WINAPI FreeConsole(void) {
  if (!is_attached()) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  state = DETACHED;
  return TRUE;
}
