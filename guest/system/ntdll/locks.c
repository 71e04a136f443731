/* Critical sections: recursive locks that wait on an event when they are contended. */
#include "system/ntdll/ntdll.h"

#define SynchronizationEvent 1
#define EVENT_ALL_ACCESS 0x1f0003

static LONG add(volatile LONG* value, LONG delta) {
  return __sync_add_and_fetch(value, delta);
}

NTSTATUS NTAPI RtlInitializeCriticalSectionAndSpinCount(RTL_CRITICAL_SECTION* section, ULONG spin) {
  *section = (RTL_CRITICAL_SECTION){0, -1, 0, 0, 0, spin & 0x00ffffff};
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlInitializeCriticalSection(RTL_CRITICAL_SECTION* section) {
  return RtlInitializeCriticalSectionAndSpinCount(section, 0);
}

NTSTATUS NTAPI RtlDeleteCriticalSection(RTL_CRITICAL_SECTION* section) {
  NTSTATUS status = STATUS_SUCCESS;
  if (section->LockSemaphore) status = NtClose(section->LockSemaphore);
  *section = (RTL_CRITICAL_SECTION){0, 0, 0, 0, 0, 0};
  return status;
}

/* The event that waiters sleep on. Two threads may both make one: the second closes its own. */
static HANDLE event_of(RTL_CRITICAL_SECTION* section) {
  if (section->LockSemaphore) return section->LockSemaphore;
  HANDLE event = 0;
  NTSTATUS status = NtCreateEvent(&event, EVENT_ALL_ACCESS, 0, SynchronizationEvent, FALSE);
  if (!NT_SUCCESS(status)) RtlRaiseStatus(status);
  if (!__sync_bool_compare_and_swap(&section->LockSemaphore, (HANDLE)0, event)) NtClose(event);
  return section->LockSemaphore;
}

static void own(RTL_CRITICAL_SECTION* section) {
  section->OwningThread = (HANDLE)current_thread_id();
  section->RecursionCount = 1;
}

NTSTATUS NTAPI RtlEnterCriticalSection(RTL_CRITICAL_SECTION* section) {
  if (add(&section->LockCount, 1) == 0) {
    own(section);
    return STATUS_SUCCESS;
  }
  if (section->OwningThread == (HANDLE)current_thread_id()) {
    ++section->RecursionCount;
    return STATUS_SUCCESS;
  }
  /* The owner hands the lock over: LockCount counts this thread already. */
  NTSTATUS status = NtWaitForSingleObject(event_of(section), FALSE, 0);
  if (!NT_SUCCESS(status)) RtlRaiseStatus(status);
  own(section);
  return STATUS_SUCCESS;
}

BOOLEAN NTAPI RtlTryEnterCriticalSection(RTL_CRITICAL_SECTION* section) {
  if (__sync_bool_compare_and_swap(&section->LockCount, -1, 0)) {
    own(section);
    return TRUE;
  }
  if (section->OwningThread != (HANDLE)current_thread_id()) return FALSE;
  add(&section->LockCount, 1);
  ++section->RecursionCount;
  return TRUE;
}

NTSTATUS NTAPI RtlLeaveCriticalSection(RTL_CRITICAL_SECTION* section) {
  if (--section->RecursionCount > 0) {
    add(&section->LockCount, -1);
    return STATUS_SUCCESS;
  }
  section->OwningThread = 0;
  if (add(&section->LockCount, -1) < 0) return STATUS_SUCCESS;
  NTSTATUS status = NtSetEvent(event_of(section), 0);
  if (!NT_SUCCESS(status)) RtlRaiseStatus(status);
  return STATUS_SUCCESS;
}
