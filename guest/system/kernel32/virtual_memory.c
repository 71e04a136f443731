/* Pages of "another" process, which can only be this one; probing of pointers. */
#include "system/kernel32/base.h"

#define ERROR_PARTIAL_COPY 299
#define ERROR_NOT_LOCKED 158
#define MEM_STATE_COMMIT 0x1000
#define TEB_GUARANTEED_STACK_BYTES 0xf78

static BOOL is_this(HANDLE process) {
  if (process == CURRENT_PROCESS) return TRUE;
  SetLastError(ERROR_INVALID_HANDLE);
  return FALSE;
}

PVOID WINAPI VirtualAllocEx(HANDLE process, PVOID address, SIZE_T bytes, DWORD type,
                            DWORD protect) {
  return is_this(process) ? VirtualAlloc(address, bytes, type, protect) : 0;
}
BOOL WINAPI VirtualFreeEx(HANDLE process, PVOID address, SIZE_T bytes, DWORD type) {
  return is_this(process) && VirtualFree(address, bytes, type);
}
BOOL WINAPI VirtualProtectEx(HANDLE process, PVOID address, SIZE_T bytes, DWORD protect,
                             DWORD* old) {
  return is_this(process) && VirtualProtect(address, bytes, protect, old);
}
SIZE_T WINAPI VirtualQueryEx(HANDLE process, const void* address,
                             MEMORY_BASIC_INFORMATION* information, SIZE_T bytes) {
  return is_this(process) ? VirtualQuery(address, information, bytes) : 0;
}

/* Functions of their own, never inlined (facts: toolchain.md 4). */
__attribute__((noinline)) static VOID copy(volatile char* to, const volatile char* from,
                                           SIZE_T bytes, volatile SIZE_T* done) {
  for (; *done < bytes; ++*done) to[*done] = from[*done];
}

static BOOL copy_guarded(PVOID to, const void* from, SIZE_T bytes, SIZE_T* copied) {
  volatile SIZE_T done = 0;
  BOOL whole = TRUE;
  __try {
    copy(to, from, bytes, &done);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    whole = FALSE;
  }
  if (copied) *copied = done;
  if (!whole) SetLastError(done ? ERROR_PARTIAL_COPY : 998 /* ERROR_NOACCESS */);
  return whole;
}

BOOL WINAPI ReadProcessMemory(HANDLE process, const void* address, PVOID to, SIZE_T bytes,
                              SIZE_T* read) {
  return is_this(process) && copy_guarded(to, address, bytes, read);
}

/* Pages that cannot be written are made so for as long as it takes. */
BOOL WINAPI WriteProcessMemory(HANDLE process, PVOID address, const void* from, SIZE_T bytes,
                               SIZE_T* written) {
  DWORD old = 0, rights = PAGE_EXECUTE_READWRITE;
  if (!is_this(process)) return FALSE;
  BOOL changed = bytes && VirtualProtect(address, bytes, rights, &old);
  BOOL whole = copy_guarded(address, from, bytes, written);
  if (changed) VirtualProtect(address, bytes, old, &rights);
  return whole;
}

static BOOL all_committed(ULONG_PTR address, SIZE_T bytes) {
  MEMORY_BASIC_INFORMATION memory;
  ULONG_PTR end = address + bytes;
  while (address < end) {
    if (!VirtualQuery((PVOID)address, &memory, sizeof memory)) return FALSE;
    if (memory.State != MEM_STATE_COMMIT || (memory.Protect & (PAGE_NOACCESS | PAGE_GUARD)))
      return FALSE;
    address = (ULONG_PTR)memory.BaseAddress + memory.RegionSize;
  }
  return TRUE;
}

/* Nothing of the lab's memory is ever paged out. */
BOOL WINAPI VirtualLock(PVOID address, SIZE_T bytes) {
  if (all_committed((ULONG_PTR)address, bytes)) return TRUE;
  SetLastError(998 /* ERROR_NOACCESS */);
  return FALSE;
}

__attribute__((noinline)) static VOID read_all(const volatile UCHAR* at, SIZE_T bytes) {
  (void)at[0];
  (void)at[bytes - 1];
  for (SIZE_T i = 0; i < bytes; i += 0x1000) (void)at[i];
}
__attribute__((noinline)) static VOID write_all(volatile UCHAR* at, SIZE_T bytes) {
  for (SIZE_T i = 0; i < bytes; i += 0x1000) at[i] = at[i];
  at[bytes - 1] = at[bytes - 1];
}

BOOL WINAPI IsBadReadPtr(const void* address, SIZE_T bytes) {
  BOOL bad = FALSE;
  if (!bytes) return FALSE;
  if (!address || (ULONG_PTR)address + bytes - 1 < (ULONG_PTR)address) return TRUE;
  __try {
    read_all(address, bytes);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    bad = TRUE;
  }
  return bad;
}

BOOL WINAPI IsBadWritePtr(PVOID address, SIZE_T bytes) {
  BOOL bad = FALSE;
  if (!bytes) return FALSE;
  if (!address || (ULONG_PTR)address + bytes - 1 < (ULONG_PTR)address) return TRUE;
  __try {
    write_all(address, bytes);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    bad = TRUE;
  }
  return bad;
}

BOOL WINAPI IsBadCodePtr(PVOID routine) {
  return IsBadReadPtr(routine, 1);
}

__attribute__((noinline)) static VOID read_bytes(const volatile char* at, SIZE_T most) {
  while (most-- && *at) ++at;
}
__attribute__((noinline)) static VOID read_units(const volatile WCHAR* at, SIZE_T most) {
  while (most-- && *at) ++at;
}

BOOL WINAPI IsBadStringPtrA(const char* text, SIZE_T most) {
  BOOL bad = FALSE;
  if (!most) return FALSE;
  if (!text) return TRUE;
  __try {
    read_bytes(text, most);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    bad = TRUE;
  }
  return bad;
}
BOOL WINAPI IsBadStringPtrW(const WCHAR* text, SIZE_T most) {
  BOOL bad = FALSE;
  if (!most) return FALSE;
  if (!text) return TRUE;
  __try {
    read_units(text, most);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    bad = TRUE;
  }
  return bad;
}

/* What stays of the stack when it overflows: the handler's own (host/process/stacks.cpp). */
BOOL WINAPI SetThreadStackGuarantee(ULONG* bytes) {
  ULONG wanted = *bytes;
  *bytes = teb_read(TEB_GUARANTEED_STACK_BYTES);
  if (wanted > *bytes) {
    wanted = (wanted + 0xfff) & ~0xfffu;
    if (wanted + 0x3000 > teb_read(TEB_STACK_LIMIT) - teb_read(0xe0c)) {
      SetLastError(ERROR_INVALID_PARAMETER);
      return FALSE;
    }
    teb_write(TEB_GUARANTEED_STACK_BYTES, wanted);
  }
  return TRUE;
}
