/* The console, as kernel32's files share it. */
#ifndef SYSTEM_KERNEL32_CONSOLE_H
#define SYSTEM_KERNEL32_CONSOLE_H

#include "system/kernel32/strings.h"

typedef enum CONSOLE_SIDE { NO_CONSOLE, CONSOLE_INPUT, CONSOLE_OUTPUT } CONSOLE_SIDE;

/* Which side of the console a handle is; the last error is set when it is none. */
CONSOLE_SIDE BasepConsoleSide(HANDLE handle);

#endif
