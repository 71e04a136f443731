/* Who called, where a selector leads, whether data can be executed: as Microsoft documents each
 * function. */
#include "cases/say.h"

USHORT WINAPI RtlCaptureStackBackTrace(ULONG skip, ULONG most, PVOID* to, ULONG* hash);
BOOL WINAPI GetProcessDEPPolicy(HANDLE process, DWORD* flags, BOOL* permanent);
BOOL WINAPI SetProcessDEPPolicy(DWORD flags);
BOOL WINAPI GetThreadSelectorEntry(HANDLE thread, DWORD selector, ULONG* entry);

int failures;

static PVOID back[8], in_outer;
static ULONG count, hash;

__attribute__((noinline)) static void inner(ULONG skip, ULONG most) {
  for (ULONG i = 0; i < 8; ++i) back[i] = 0;
  count = RtlCaptureStackBackTrace(skip, most, back, &hash);
  __asm__ volatile("");
}
__attribute__((noinline)) static void outer(ULONG skip, ULONG most) {
  in_outer = __builtin_return_address(0);
  inner(skip, most);
  __asm__ volatile("");
}

static BOOL within(PVOID address, PVOID function) {
  return (ULONG_PTR)address - (ULONG_PTR)function < 0x80;
}

static void callers(void) {
  outer(0, 3);
  CHECK(count == 3 && within(back[0], (PVOID)inner) && within(back[1], (PVOID)outer));
  CHECK(back[2] == in_outer);
  CHECK(hash == (ULONG)back[0] + (ULONG)back[1] + (ULONG)back[2]);
  outer(1, 1);
  CHECK(count == 1 && within(back[0], (PVOID)outer) && back[1] == 0);
}

static void selectors(void) {
  USHORT fs, cs;
  ULONG entry[2], teb;
  __asm__("movw %%fs, %0" : "=r"(fs));
  __asm__("movw %%cs, %0" : "=r"(cs));
  __asm__("movl %%fs:0x18, %0" : "=r"(teb));
  CHECK(GetThreadSelectorEntry(GetCurrentThread(), fs, entry));
  CHECK((entry[0] >> 16 | (entry[1] & 0xff) << 16 | (entry[1] & 0xff000000)) == teb);
  CHECK((entry[0] & 0xffff) == 0xfff && (entry[1] & 0xf0000) == 0);
  CHECK(GetThreadSelectorEntry(GetCurrentThread(), cs, entry));
  CHECK((entry[0] & 0xffff) == 0xffff && (entry[1] & 0xf0000) == 0xf0000 && entry[0] >> 16 == 0);
  CHECK((entry[1] >> 8 & 0x1f) == 0x1b); /* code */
}

static void execution(void) {
  DWORD flags = 7;
  BOOL permanent = 7;
  CHECK(GetProcessDEPPolicy(GetCurrentProcess(), &flags, &permanent));
  CHECK(flags == 0 && !permanent); /* of a program that does not say that it can bear it */
  CHECK(SetProcessDEPPolicy(1) && GetProcessDEPPolicy(GetCurrentProcess(), &flags, &permanent));
  CHECK(flags == 1 && permanent);
  CHECK(!SetProcessDEPPolicy(0) && GetLastError() == 5);
}

void start(void) {
  callers();
  selectors();
  execution();
  CHECK_ENDS("debugging");
}
