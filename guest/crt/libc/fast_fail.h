/* __fastfail: how programs end themselves on Windows 8 and later (documented: interrupt 29h with
 * the reason in ECX). Earlier systems do not have it: PF_FASTFAIL_AVAILABLE. */
#ifndef CRT_LIBC_FAST_FAIL_H
#define CRT_LIBC_FAST_FAIL_H

#include "system/nt.h"

#define FAST_FAIL_INVALID_ARG 5
#define FAST_FAIL_FATAL_APP_EXIT 7

static inline int crt_has_fast_fail(void) {
  const PEB* peb = current_peb();
  return peb->OSMajorVersion > 6 || (peb->OSMajorVersion == 6 && peb->OSMinorVersion >= 2);
}

static inline NORETURN void crt_fast_fail(unsigned reason) {
  __asm__ volatile("int $0x29" : : "c"(reason) : "memory");
  __builtin_unreachable();
}

#endif
