/* Waiting for a word to change: one list of all who wait, in the order in which they came. */
#include "system/ntdll/ntdll.h"
#include "system/ntdll/sync.h"

#define STATUS_ALERTED ((NTSTATUS)0x00000101)

/* On the stack of the thread that waits. */
typedef struct WAITER {
  struct WAITER *Next, *Previous;
  const void* Address;
  ULONG Thread;
  volatile LONG Woken;
} WAITER;

static WAITER waiters = {&waiters, &waiters, 0, 0, 0};
static volatile LONG list_lock;

static void lock_list(void) {
  while (__sync_lock_test_and_set(&list_lock, 1)) NtYieldExecution();
}
static void unlock_list(void) {
  __sync_lock_release(&list_lock);
}

static void unlink_waiter(WAITER* waiter) {
  waiter->Previous->Next = waiter->Next;
  waiter->Next->Previous = waiter->Previous;
}

static BOOLEAN same(volatile void* address, const void* compare, SIZE_T bytes) {
  switch (bytes) {
    case 1:
      return *(volatile uint8_t*)address == *(const uint8_t*)compare;
    case 2:
      return *(volatile uint16_t*)address == *(const uint16_t*)compare;
    case 4:
      return *(volatile uint32_t*)address == *(const uint32_t*)compare;
    default:
      return __sync_val_compare_and_swap((volatile uint64_t*)address, 0, 0) ==
             *(const uint64_t*)compare;
  }
}

/* An end that alerts meant for another wait do not put off. */
static LARGE_INTEGER* absolute(const LARGE_INTEGER* timeout, LARGE_INTEGER* end) {
  if (!timeout) return 0;
  *end = *timeout;
  if (*timeout >= 0) return end;
  LARGE_INTEGER now;
  NtQuerySystemTime(&now);
  *end = now - *timeout;
  return end;
}

NTSTATUS NTAPI RtlWaitOnAddress(volatile void* address, const void* compare, SIZE_T bytes,
                                const LARGE_INTEGER* timeout) {
  if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8) return STATUS_INVALID_PARAMETER;
  if (!same(address, compare, bytes)) return STATUS_SUCCESS;
  LARGE_INTEGER end, *until = absolute(timeout, &end);
  WAITER waiter = {&waiters, 0, (const void*)address, current_thread_id(), FALSE};
  lock_list();
  waiter.Previous = waiters.Previous;
  waiters.Previous->Next = &waiter;
  waiters.Previous = &waiter;
  unlock_list();
  NTSTATUS status = STATUS_SUCCESS;
  /* Who changes the word from here on finds the waiter in the list. */
  if (same(address, compare, bytes)) {
    while (!waiter.Woken && status != STATUS_TIMEOUT) {
      status = NtWaitForAlertByThreadId((PVOID)address, until);
    }
  }
  lock_list();
  BOOLEAN woken = waiter.Woken != FALSE;
  if (!woken) unlink_waiter(&waiter);
  unlock_list();
  return !woken && status == STATUS_TIMEOUT ? STATUS_TIMEOUT : STATUS_SUCCESS;
}

/* Takes the first waiter for the address out of the list; its thread's id, or 0. */
static ULONG take_waiter(const void* address) {
  ULONG thread = 0;
  lock_list();
  for (WAITER* waiter = waiters.Next; waiter != &waiters && !thread; waiter = waiter->Next) {
    if (waiter->Address != address) continue;
    unlink_waiter(waiter);
    thread = waiter->Thread;
    /* From here on the waiter may be gone from its stack. */
    waiter->Woken = TRUE;
    break;
  }
  unlock_list();
  return thread;
}

VOID NTAPI RtlWakeAddressSingle(const void* address) {
  ULONG thread = take_waiter(address);
  if (thread) NtAlertThreadByThreadId((HANDLE)thread);
}

VOID NTAPI RtlWakeAddressAll(const void* address) {
  for (ULONG thread; (thread = take_waiter(address)) != 0;) {
    NtAlertThreadByThreadId((HANDLE)thread);
  }
}
