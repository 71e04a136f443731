/* Which console a process has. A console program is started with one; a program for windows has
 * none until it asks. */
#include "system/kernel32/base.h"

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
    return fail(ERROR_ACCESS_DENIED);
  }
  state = ATTACHED;
  return TRUE;
}

/* The one other process that has a console is the parent, the lab. */
BOOL WINAPI AttachConsole(DWORD process) {
  const DWORD parent = 0xffffffff;
  if (process == parent) return attach();
  return fail(is_attached() ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE);
}

BOOL WINAPI AllocConsole(void) {
  return attach();
}

BOOL WINAPI FreeConsole(void) {
  if (!is_attached()) {
    return fail(ERROR_INVALID_PARAMETER);
  }
  state = DETACHED;
  return TRUE;
}
