/* TlsAlloc and its kin: 64 slots in the TEB and 1,024 more in a block of each thread that uses
 * them; who is taken is in two bitmaps of the PEB. */
#include "system/kernel32/base.h"

#define TLS_MINIMUM_AVAILABLE 64
#define TLS_EXPANSION_SLOTS 1024
#define ThreadZeroTlsCell 10

static BOOL valid_index(DWORD index) {
  if (index < TLS_MINIMUM_AVAILABLE + TLS_EXPANSION_SLOTS) return TRUE;
  SetLastError(ERROR_INVALID_PARAMETER);
  return FALSE;
}

/* The thread's block, made when it is first needed; null without memory. */
static ULONG* expansion_slots(void) {
  ULONG* slots = (ULONG*)teb_read(TEB_TLS_EXPANSION_SLOTS);
  if (slots) return slots;
  slots = RtlAllocateHeap(GetProcessHeap(), HEAP_ZERO_MEMORY, TLS_EXPANSION_SLOTS * sizeof(ULONG));
  if (!slots) SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  teb_write(TEB_TLS_EXPANSION_SLOTS, (ULONG)slots);
  return slots;
}

static DWORD take_bit(ULONG* bits, DWORD count) {
  for (DWORD i = 0; i < count; ++i) {
    if (bits[i / 32] & (1u << i % 32)) continue;
    bits[i / 32] |= 1u << i % 32;
    return i;
  }
  return TLS_OUT_OF_INDEXES;
}

/* An index whose slots are all zero: TlsFree has seen to those that were used before. */
DWORD WINAPI TlsAlloc(void) {
  PEB* peb = current_peb();
  DWORD error = 0;
  RtlEnterCriticalSection(peb->FastPebLock);
  DWORD found = take_bit(peb->TlsBitmapBits, TLS_MINIMUM_AVAILABLE);
  if (found != TLS_OUT_OF_INDEXES) {
    teb_write(TEB_TLS_SLOTS + 4 * found, 0);
  } else if (!expansion_slots()) {
    error = ERROR_NOT_ENOUGH_MEMORY;
  } else {
    found = take_bit(peb->TlsExpansionBitmapBits, TLS_EXPANSION_SLOTS);
    if (found == TLS_OUT_OF_INDEXES) {
      error = ERROR_NO_MORE_ITEMS;
    } else {
      expansion_slots()[found] = 0;
      found += TLS_MINIMUM_AVAILABLE;
    }
  }
  RtlLeaveCriticalSection(peb->FastPebLock);
  if (error) SetLastError(error);
  return found;
}

BOOL WINAPI TlsFree(DWORD index) {
  PEB* peb = current_peb();
  if (!valid_index(index)) return FALSE;
  BOOL expansion = index >= TLS_MINIMUM_AVAILABLE;
  DWORD place = expansion ? index - TLS_MINIMUM_AVAILABLE : index;
  ULONG* bits = expansion ? peb->TlsExpansionBitmapBits : peb->TlsBitmapBits;
  ULONG bit = 1u << place % 32;
  RtlEnterCriticalSection(peb->FastPebLock);
  BOOL was_set = (bits[place / 32] & bit) != 0;
  if (was_set) NtSetInformationThread(CURRENT_THREAD, ThreadZeroTlsCell, &index, sizeof index);
  bits[place / 32] &= ~bit;
  RtlLeaveCriticalSection(peb->FastPebLock);
  if (!was_set) SetLastError(ERROR_INVALID_PARAMETER);
  return was_set;
}

PVOID WINAPI TlsGetValue(DWORD index) {
  if (!valid_index(index)) return 0;
  SetLastError(0);
  if (index < TLS_MINIMUM_AVAILABLE) return (PVOID)teb_read(TEB_TLS_SLOTS + 4 * index);
  const ULONG* slots = (const ULONG*)teb_read(TEB_TLS_EXPANSION_SLOTS);
  return slots ? (PVOID)slots[index - TLS_MINIMUM_AVAILABLE] : 0;
}

BOOL WINAPI TlsSetValue(DWORD index, PVOID value) {
  if (!valid_index(index)) return FALSE;
  if (index < TLS_MINIMUM_AVAILABLE) {
    teb_write(TEB_TLS_SLOTS + 4 * index, (ULONG)value);
    return TRUE;
  }
  ULONG* slots = expansion_slots();
  if (!slots) return FALSE;
  slots[index - TLS_MINIMUM_AVAILABLE] = (ULONG)value;
  return TRUE;
}
