/* The runtime's locks, and msvcrt's _lock and _unlock over locks of their own numbers. */
#include "crt.h"

/* Highest number that _lock takes (mingw-w64's mtdll names them; _STREAM_LOCKS is 16). */
#define MSVCRT_LOCKS 36

static RTL_CRITICAL_SECTION locks[LOCK_COUNT];
static int ending;

void crt_lock(enum crt_lock lock) {
  if (!ending) EnterCriticalSection(&locks[lock]);
}
void crt_unlock(enum crt_lock lock) {
  if (!ending) LeaveCriticalSection(&locks[lock]);
}

/* The process ends: other threads were terminated, perhaps inside of a lock. */
void crt_drop_locks(void) {
  ending = 1;
}

#if CRT_MSVCRT
static RTL_CRITICAL_SECTION numbered[MSVCRT_LOCKS];

void _lock(int number) {
  if (!ending && (unsigned)number < MSVCRT_LOCKS) EnterCriticalSection(&numbered[number]);
}
void _unlock(int number) {
  if (!ending && (unsigned)number < MSVCRT_LOCKS) LeaveCriticalSection(&numbered[number]);
}
#endif

void crt_make_locks(void) {
  for (int i = 0; i < LOCK_COUNT; ++i) InitializeCriticalSection(&locks[i]);
#if CRT_MSVCRT
  for (int i = 0; i < MSVCRT_LOCKS; ++i) InitializeCriticalSection(&numbered[i]);
#endif
}
