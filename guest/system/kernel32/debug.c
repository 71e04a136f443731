/* Talking to a debugger that is not there, and small things that runtimes ask of kernel32. */
#include "system/kernel32/strings.h"

#define DBG_PRINTEXCEPTION_C 0x40010006
#define DBG_PRINTEXCEPTION_WIDE_C 0x4001000a

/* Windows 10 raises the wide exception first; whoever does not know it is offered the ANSI one,
 * which older systems raise alone. Nobody takes either: the text goes nowhere. */
VOID WINAPI OutputDebugStringW(const WCHAR* text) {
  if (!text) return;
  ULONG length = BasepLength(text), bytes = (length + 1) * sizeof(WCHAR);
  char* ansi = RtlAllocateHeap(GetProcessHeap(), 0, length + 1);
  if (!ansi) return;
  RtlUnicodeToMultiByteN(ansi, length + 1, 0, text, bytes);
  ULONG_PTR arguments[4] = {length + 1, (ULONG_PTR)text, length + 1, (ULONG_PTR)ansi};
  if (current_peb()->OSMajorVersion >= 10) {
    __try {
      RaiseException(DBG_PRINTEXCEPTION_WIDE_C, 0, 4, arguments);
    } __except (EXCEPTION_EXECUTE_HANDLER) {
    }
  } else {
    OutputDebugStringA(ansi);
  }
  BasepFree(ansi);
}

/* The breakpoint itself is in ntdll. */
VOID NTAPI DbgBreakPoint(void);
VOID WINAPI DebugBreak(void) {
  DbgBreakPoint();
}

BOOL WINAPI CheckRemoteDebuggerPresent(HANDLE process, BOOL* present) {
  if (process != CURRENT_PROCESS || !present) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  *present = current_peb()->BeingDebugged;
  return TRUE;
}

/* Features of winnt.h that the lab's processor has: it is one with SSE2, NX and CMPXCHG8B. */
BOOL WINAPI IsProcessorFeaturePresent(DWORD feature) {
  switch (feature) {
    case 2:  /* PF_COMPARE_EXCHANGE_DOUBLE */
    case 3:  /* PF_MMX_INSTRUCTIONS_AVAILABLE */
    case 6:  /* PF_XMMI_INSTRUCTIONS_AVAILABLE */
    case 8:  /* PF_RDTSC_INSTRUCTION_AVAILABLE */
    case 9:  /* PF_PAE_ENABLED */
    case 10: /* PF_XMMI64_INSTRUCTIONS_AVAILABLE */
    case 12: /* PF_NX_ENABLED */
      return TRUE;
    case 23: /* PF_FASTFAIL_AVAILABLE: Windows 8 and later */
      return current_peb()->OSMajorVersion > 6 ||
             (current_peb()->OSMajorVersion == 6 && current_peb()->OSMinorVersion >= 2);
  }
  return FALSE;
}

/* The error mode of the thread alone, in the TEB. */
#define SEM_ALL 0x8007u
DWORD WINAPI GetThreadErrorMode(void) {
  return teb_read(TEB_HARD_ERROR_MODE);
}
BOOL WINAPI SetThreadErrorMode(DWORD mode, DWORD* old) {
  if (mode & ~SEM_ALL) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  if (old) *old = GetThreadErrorMode();
  teb_write(TEB_HARD_ERROR_MODE, mode);
  return TRUE;
}

/* There is no speaker; the time passes. */
BOOL WINAPI Beep(DWORD frequency, DWORD milliseconds) {
  if (frequency < 37 || frequency > 32767) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  Sleep(milliseconds);
  return TRUE;
}

int WINAPI MulDiv(int number, int numerator, int denominator) {
  if (denominator == 0) return -1;
  int64_t product = (int64_t)number * numerator;
  BOOL negative = (product < 0) != (denominator < 0);
  uint64_t magnitude = product < 0 ? 0 - (uint64_t)product : (uint64_t)product;
  uint64_t by = denominator < 0 ? 0u - (uint32_t)denominator : (uint32_t)denominator;
  magnitude += by / 2; /* rounded to the nearest */
  uint64_t high = (uint32_t)(magnitude >> 32);
  if (high >= by) return -1; /* it does not fit into 32 bits */
  uint32_t quotient, rest;
  __asm__("divl %4"
          : "=a"(quotient), "=d"(rest)
          : "0"((uint32_t)magnitude), "1"((uint32_t)high), "r"((uint32_t)by));
  if (quotient > 0x7fffffffu) return -1;
  return negative ? -(int)quotient : (int)quotient;
}
