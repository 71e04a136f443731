/* The one locale: which numbers and names stand for it. */
#ifndef SYSTEM_KERNEL32_LOCALE_NAMES_H
#define SYSTEM_KERNEL32_LOCALE_NAMES_H

#include "system/kernel32/strings.h"

#define LOCALE_US 0x409

/* FALSE with ERROR_INVALID_PARAMETER: no locale that there is. The invariant locale ends the run.
 */
BOOL BasepKnowsLocale(DWORD locale);
/* A null name stands for the user's locale. */
BOOL BasepKnowsLocaleName(const WCHAR* name);
/* What the functions of locales return: units with the zero; how many there are for no room. */
int BasepGiveLocaleText(const WCHAR* text, WCHAR* to, int room);
int BasepGiveLocaleAnsi(const WCHAR* text, char* to, int room);

#endif
