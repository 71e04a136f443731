/* Slim reader/writer locks and condition variables. */
#include "system/ntdll/ntdll.h"
#include "system/ntdll/sync.h"

/* A lock's word: LOCKED, with the number of readers above, 0 for a writer. As long as somebody
 * WAITS nobody new comes in as a reader, so that writers have their turn. */
#define LOCKED 0x1u
#define WAITS 0x2u
#define READER 0x10u

static BOOLEAN change(RTL_SRWLOCK* lock, ULONG_PTR from, ULONG_PTR to) {
  return __sync_bool_compare_and_swap(&lock->State, from, to);
}

static void wait_for_change(RTL_SRWLOCK* lock, ULONG_PTR seen) {
  if (!(seen & WAITS) && !change(lock, seen, seen | WAITS)) return;
  ULONG_PTR waited = seen | WAITS;
  RtlWaitOnAddress(&lock->State, &waited, sizeof waited, 0);
}

VOID NTAPI RtlInitializeSRWLock(RTL_SRWLOCK* lock) {
  lock->State = 0;
}

BOOLEAN NTAPI RtlTryAcquireSRWLockExclusive(RTL_SRWLOCK* lock) {
  return change(lock, 0, LOCKED);
}

BOOLEAN NTAPI RtlTryAcquireSRWLockShared(RTL_SRWLOCK* lock) {
  for (;;) {
    ULONG_PTR seen = lock->State;
    if (seen && (seen < READER || (seen & WAITS))) return FALSE;
    if (change(lock, seen, (seen + READER) | LOCKED)) return TRUE;
  }
}

VOID NTAPI RtlAcquireSRWLockExclusive(RTL_SRWLOCK* lock) {
  for (;;) {
    if (RtlTryAcquireSRWLockExclusive(lock)) return;
    ULONG_PTR seen = lock->State;
    if (seen) wait_for_change(lock, seen);
  }
}

VOID NTAPI RtlAcquireSRWLockShared(RTL_SRWLOCK* lock) {
  for (;;) {
    if (RtlTryAcquireSRWLockShared(lock)) return;
    ULONG_PTR seen = lock->State;
    if (seen) wait_for_change(lock, seen);
  }
}

static void let_go(RTL_SRWLOCK* lock, ULONG_PTR seen) {
  if (seen & WAITS) RtlWakeAddressAll((const void*)&lock->State);
}

VOID NTAPI RtlReleaseSRWLockExclusive(RTL_SRWLOCK* lock) {
  ULONG_PTR seen;
  do {
    seen = lock->State;
    if ((seen & ~WAITS) != LOCKED) RtlRaiseStatus(STATUS_RESOURCE_NOT_OWNED);
  } while (!change(lock, seen, 0));
  let_go(lock, seen);
}

VOID NTAPI RtlReleaseSRWLockShared(RTL_SRWLOCK* lock) {
  ULONG_PTR seen, rest;
  do {
    seen = lock->State;
    if (seen < READER) RtlRaiseStatus(STATUS_RESOURCE_NOT_OWNED);
    rest = seen - READER;
    if (rest < READER) rest = 0;
  } while (!change(lock, seen, rest));
  if (!rest) let_go(lock, seen);
}

VOID NTAPI RtlInitializeConditionVariable(RTL_CONDITION_VARIABLE* variable) {
  variable->Wakes = 0;
}

VOID NTAPI RtlWakeConditionVariable(RTL_CONDITION_VARIABLE* variable) {
  __sync_add_and_fetch(&variable->Wakes, 1);
  RtlWakeAddressSingle((const void*)&variable->Wakes);
}

VOID NTAPI RtlWakeAllConditionVariable(RTL_CONDITION_VARIABLE* variable) {
  __sync_add_and_fetch(&variable->Wakes, 1);
  RtlWakeAddressAll((const void*)&variable->Wakes);
}

NTSTATUS NTAPI RtlSleepConditionVariableCS(RTL_CONDITION_VARIABLE* variable,
                                           RTL_CRITICAL_SECTION* section,
                                           const LARGE_INTEGER* timeout) {
  ULONG_PTR seen = variable->Wakes;
  RtlLeaveCriticalSection(section);
  NTSTATUS status = RtlWaitOnAddress(&variable->Wakes, &seen, sizeof seen, timeout);
  RtlEnterCriticalSection(section);
  return status;
}

NTSTATUS NTAPI RtlSleepConditionVariableSRW(RTL_CONDITION_VARIABLE* variable, RTL_SRWLOCK* lock,
                                            const LARGE_INTEGER* timeout, ULONG flags) {
  if (flags & ~RTL_CONDITION_VARIABLE_LOCKMODE_SHARED) return STATUS_INVALID_PARAMETER;
  ULONG_PTR seen = variable->Wakes;
  if (flags) {
    RtlReleaseSRWLockShared(lock);
  } else {
    RtlReleaseSRWLockExclusive(lock);
  }
  NTSTATUS status = RtlWaitOnAddress(&variable->Wakes, &seen, sizeof seen, timeout);
  if (flags) {
    RtlAcquireSRWLockShared(lock);
  } else {
    RtlAcquireSRWLockExclusive(lock);
  }
  return status;
}
