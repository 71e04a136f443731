/* TlsAlloc and its kin: 64 slots in the TEB, a bitmap in the PEB. */
#include "system/kernel32/base.h"

#define TLS_MINIMUM_AVAILABLE 64

static BOOL valid_index(DWORD index) {
  if (index < TLS_MINIMUM_AVAILABLE) return TRUE;
  SetLastError(ERROR_INVALID_PARAMETER);
  return FALSE;
}

DWORD WINAPI TlsAlloc(void) {
  PEB* peb = current_peb();
  DWORD found = TLS_OUT_OF_INDEXES;
  RtlEnterCriticalSection(peb->FastPebLock);
  for (DWORD i = 0; i < TLS_MINIMUM_AVAILABLE && found == TLS_OUT_OF_INDEXES; ++i) {
    if (peb->TlsBitmapBits[i / 32] & (1u << i % 32)) continue;
    peb->TlsBitmapBits[i / 32] |= 1u << i % 32;
    teb_write(TEB_TLS_SLOTS + 4 * i, 0);
    found = i;
  }
  RtlLeaveCriticalSection(peb->FastPebLock);
  if (found == TLS_OUT_OF_INDEXES) SetLastError(ERROR_NO_MORE_ITEMS);
  return found;
}

BOOL WINAPI TlsFree(DWORD index) {
  PEB* peb = current_peb();
  if (!valid_index(index)) return FALSE;
  ULONG bit = 1u << index % 32;
  RtlEnterCriticalSection(peb->FastPebLock);
  BOOL was_set = (peb->TlsBitmapBits[index / 32] & bit) != 0;
  peb->TlsBitmapBits[index / 32] &= ~bit;
  RtlLeaveCriticalSection(peb->FastPebLock);
  if (!was_set) SetLastError(ERROR_INVALID_PARAMETER);
  return was_set;
}

PVOID WINAPI TlsGetValue(DWORD index) {
  if (!valid_index(index)) return 0;
  SetLastError(0);
  return (PVOID)teb_read(TEB_TLS_SLOTS + 4 * index);
}

BOOL WINAPI TlsSetValue(DWORD index, PVOID value) {
  if (!valid_index(index)) return FALSE;
  teb_write(TEB_TLS_SLOTS + 4 * index, (ULONG)value);
  return TRUE;
}
