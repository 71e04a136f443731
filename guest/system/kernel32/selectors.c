/* What a segment selector of a thread stands for: the flat code and data segments, and the one
 * whose base is the thread's TEB. */
#include "system/kernel32/base.h"

#define ERROR_NOT_SUPPORTED 50
#define REQUESTED_LEVEL 3 /* bits of a selector that say nothing of its descriptor */
#define PAGES 1           /* limits count them: Granularity */
#define BYTES 0
/* Type, with the bit that says "code or data" */
#define CODE_SEGMENT 0x1b
#define DATA_SEGMENT 0x13

static USHORT code_selector(void) {
  USHORT selector;
  __asm__("movw %%cs, %0" : "=r"(selector));
  return selector;
}
static USHORT data_selector(void) {
  USHORT selector;
  __asm__("movw %%ds, %0" : "=r"(selector));
  return selector;
}
static USHORT teb_selector(void) {
  USHORT selector;
  __asm__("movw %%fs, %0" : "=r"(selector));
  return selector;
}

/* LDT_ENTRY: a descriptor as the processor has it (Intel SDM vol. 3, 3.4.5). */
static VOID fill(ULONG* entry, ULONG base, ULONG limit, ULONG type, ULONG granularity) {
  const ULONG present = 1u << 15, user = 3u << 13, wide = 1u << 22;
  entry[0] = (base & 0xffff) << 16 | (limit & 0xffff);
  entry[1] = (base & 0xff000000) | (base >> 16 & 0xff) | (limit & 0xf0000) | type << 8 | present |
             user | wide | granularity << 23;
}

BOOL WINAPI GetThreadSelectorEntry(HANDLE thread, DWORD selector, ULONG* entry) {
  THREAD_BASIC_INFORMATION basic;
  const DWORD wanted = selector & ~(DWORD)REQUESTED_LEVEL;
  if (!succeeded(
          NtQueryInformationThread(thread, ThreadBasicInformation, &basic, sizeof basic, 0))) {
    return FALSE;
  }
  if (wanted == (code_selector() & ~REQUESTED_LEVEL)) {
    fill(entry, 0, 0xfffff, CODE_SEGMENT, PAGES);
  } else if (wanted == (data_selector() & ~REQUESTED_LEVEL)) {
    fill(entry, 0, 0xfffff, DATA_SEGMENT, PAGES);
  } else if (wanted == (teb_selector() & ~REQUESTED_LEVEL)) {
    fill(entry, (ULONG)basic.TebBaseAddress, 0xfff, DATA_SEGMENT, BYTES);
  } else {
    return fail(ERROR_NOT_SUPPORTED);
  }
  return TRUE;
}
