/* Last error, clocks, locks and atomic operations: thin layers over ntdll and the processor. */
#include "system/kernel32/base.h"

DWORD WINAPI GetLastError(void) {
  return teb_read(TEB_LAST_ERROR);
}
VOID WINAPI SetLastError(DWORD error) {
  teb_write(TEB_LAST_ERROR, error);
}

BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER* counter) {
  return succeeded(NtQueryPerformanceCounter(counter, 0));
}

BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER* frequency) {
  LARGE_INTEGER counter;
  return succeeded(NtQueryPerformanceCounter(&counter, frequency));
}

DWORD WINAPI GetTickCount(void) {
  return NtGetTickCount();
}

VOID WINAPI GetSystemTimeAsFileTime(LARGE_INTEGER* time) {
  LARGE_INTEGER now;
  NtQuerySystemTime(&now);
  *time = now;
}

VOID WINAPI InitializeCriticalSection(RTL_CRITICAL_SECTION* section) {
  RtlInitializeCriticalSection(section);
}

BOOL WINAPI InitializeCriticalSectionAndSpinCount(RTL_CRITICAL_SECTION* section, DWORD spin) {
  return succeeded(RtlInitializeCriticalSectionAndSpinCount(section, spin));
}

VOID WINAPI EnterCriticalSection(RTL_CRITICAL_SECTION* section) {
  RtlEnterCriticalSection(section);
}

BOOL WINAPI TryEnterCriticalSection(RTL_CRITICAL_SECTION* section) {
  return RtlTryEnterCriticalSection(section);
}

VOID WINAPI LeaveCriticalSection(RTL_CRITICAL_SECTION* section) {
  RtlLeaveCriticalSection(section);
}

VOID WINAPI DeleteCriticalSection(RTL_CRITICAL_SECTION* section) {
  RtlDeleteCriticalSection(section);
}

LONG WINAPI InterlockedIncrement(volatile LONG* value) {
  return __sync_add_and_fetch(value, 1);
}
LONG WINAPI InterlockedDecrement(volatile LONG* value) {
  return __sync_sub_and_fetch(value, 1);
}

LONG WINAPI InterlockedExchange(volatile LONG* value, LONG to) {
  return __atomic_exchange_n(value, to, __ATOMIC_SEQ_CST);
}

LONG WINAPI InterlockedExchangeAdd(volatile LONG* value, LONG delta) {
  return __sync_fetch_and_add(value, delta);
}

LONG WINAPI InterlockedCompareExchange(volatile LONG* value, LONG to, LONG expected) {
  return __sync_val_compare_and_swap(value, expected, to);
}

/* A function of its own, never inlined: clang drops a handler for faults in the function that has
 * the __try (facts: guest-tools.md 4). */
__attribute__((noinline)) static int length_of(const volatile char* text) {
  int length = 0;
  while (text[length]) ++length;
  return length;
}

/* 0 for a bad pointer, as Windows has it. */
int WINAPI lstrlenA(const char* text) {
  int length = 0;
  if (!text) return 0;
  __try {
    length = length_of(text);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    length = 0;
  }
  return length;
}
