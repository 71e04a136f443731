/* The processor's own exceptions come to __except with the codes and parameters of facts 2.1. */
#include "cases/steps.h"

static EXCEPTION_RECORD seen;

NOINLINE static LONG note(const EXCEPTION_RECORD* record) {
  seen = *record;
  return EXCEPTION_EXECUTE_HANDLER;
}

NOINLINE static void read(void) {
  (void)*(volatile int*)0x10;
}
NOINLINE static void write(void) {
  *(volatile int*)0x14 = 0;
}
NOINLINE static void execute(void) {
  ((void (*)(void))0x18)();
  __asm__ volatile("");
}
NOINLINE static void divide(void) {
  __asm__ volatile("xorl %%edx, %%edx; divl %%ecx" : : "a"(1), "c"(0) : "edx", "cc");
}
NOINLINE static void overflow(void) {
  __asm__ volatile("cltd; idivl %%ecx" : : "a"(0x80000000), "c"(-1) : "edx", "cc");
}
NOINLINE static void illegal(void) {
  __asm__ volatile("ud2");
}
NOINLINE static void privileged(void) {
  __asm__ volatile("hlt");
}
NOINLINE static void breakpoint(void) {
  __asm__ volatile("int3");
}

NOINLINE static DWORD code_of(void (*fault)(void)) {
  seen.ExceptionCode = 0;
  __try {
    fault();
  } __except (note(GetExceptionInformation()->ExceptionRecord)) {
    return seen.ExceptionCode;
  }
  return 0;
}

PROGRAM {
  CHECK(code_of(read) == 0xc0000005);
  CHECK(seen.ExceptionInformation[0] == 0 && seen.ExceptionInformation[1] == 0x10);
  CHECK(code_of(write) == 0xc0000005);
  CHECK(seen.ExceptionInformation[0] == 1 && seen.ExceptionInformation[1] == 0x14);
  CHECK(code_of(execute) == 0xc0000005);
  CHECK(seen.ExceptionInformation[1] == 0x18 && seen.ExceptionAddress == (PVOID)0x18);
  CHECK(code_of(divide) == 0xc0000094);
  CHECK(code_of(overflow) == 0xc0000095);
  CHECK(code_of(illegal) == 0xc000001d);
  CHECK(code_of(privileged) == 0xc0000096);
  CHECK(code_of(breakpoint) == 0x80000003);
}
