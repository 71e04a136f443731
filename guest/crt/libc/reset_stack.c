/* _resetstkoflw: after a stack overflow was handled, the guard page is put back below what is in
 * use (documented under _resetstkoflw), so that the next overflow is an exception, too. */
#include "crt.h"

#define PAGE 0x1000u
#define PAGES_LEFT 2 /* what has to stay free between here and the guard page */

BOOL WINAPI SetThreadStackGuarantee(DWORD* bytes);

/* How far down the reserve of the stack reaches, its lowest page never being committed. */
static uintptr_t lowest_guard(uintptr_t here, DWORD guard_bytes) {
  MEMORY_BASIC_INFORMATION information;
  if (!VirtualQuery((void*)here, &information, sizeof information)) return 0;
  return (uintptr_t)information.AllocationBase + PAGE + guard_bytes;
}

/* 0: the stack is too full, or there is a guard page already that cannot be moved. */
int _resetstkoflw(void) {
  MEMORY_BASIC_INFORMATION information;
  DWORD guarantee = 0, before;
  SetThreadStackGuarantee(&guarantee);
  const DWORD guard_bytes = (guarantee ? guarantee + 2 * PAGE - 1 : PAGE) & ~(PAGE - 1);
  const uintptr_t here = (uintptr_t)&information & ~(uintptr_t)(PAGE - 1);
  const uintptr_t guard = here - PAGES_LEFT * PAGE - guard_bytes;
  const uintptr_t lowest = lowest_guard(here, guard_bytes);
  if (!lowest || guard < lowest || guard > here) return 0;
  /* What is not committed below needs a guard page only where the committed part begins. */
  uintptr_t at = lowest - guard_bytes;
  for (; at < guard; at = (uintptr_t)information.BaseAddress + information.RegionSize) {
    if (!VirtualQuery((void*)at, &information, sizeof information)) return 0;
    if (information.State != MEM_COMMIT) continue;
    if (information.Protect & PAGE_GUARD) return 1;
    break;
  }
  if (at > guard) at = guard;
  if (!VirtualProtect((void*)at, guard_bytes, PAGE_READWRITE | PAGE_GUARD, &before)) return 0;
  /* The lab's kernel takes the page right below StackLimit, and no other, for the guard page. */
  const uintptr_t limit = at + guard_bytes;
  __asm__ volatile("movl %0, %%fs:8" : : "r"(limit) : "memory");
  return 1;
}
