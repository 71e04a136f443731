/* A filter changes registers in the context and continues: the program goes on with them. */
#include "cases/steps.h"

enum { kEax = 0xb0 / 4, kEip = 0xb8 / 4 };

NOINLINE static DWORD divide(DWORD value) {
  DWORD quotient = value;
  /* div %ecx is two bytes: f7 f1 */
  __asm__ volatile("xorl %%edx, %%edx; divl %%ecx" : "+a"(quotient) : "c"(0) : "edx", "cc");
  return quotient;
}

NOINLINE static LONG skip(DWORD code, DWORD* context) {
  CHECK(code == 0xc0000094);
  context[kEax] = 1234;
  context[kEip] += 2;
  return EXCEPTION_CONTINUE_EXECUTION;
}

PROGRAM {
  volatile DWORD quotient = 0;
  __try {
    quotient = divide(7);
  } __except (skip(GetExceptionCode(), GetExceptionInformation()->ContextRecord)) {
    step('!');
  }
  CHECK(quotient == 1234);
  TRAIL("");
}
