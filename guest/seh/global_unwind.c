/* A handler of one's own that takes an exception with _global_unwind2: the frames inside of it are
 * unwound, its record stays the head of the chain. */
#include "cases/steps.h"

void __cdecl _global_unwind2(void* frame);

typedef struct RECORD {
  void* next;
  void* handler;
  int* buffer;
} RECORD;

static int buffer[5];

static int __cdecl takes(EXCEPTION_RECORD* record, RECORD* frame, void* context, void* dispatcher) {
  (void)context;
  (void)dispatcher;
  if (record->ExceptionFlags & 6) return 1;
  step('t');
  _global_unwind2(frame);
  CHECK(teb_read(0) == (ULONG)frame);
  teb_write(0, (ULONG)frame->next);
  __builtin_longjmp((void**)frame->buffer, 1);
}
/* Between two sections: after it clang-19 stays in .sxdata, and takes that for the last one. */
__asm__(".data\n.safeseh _takes\n.text");

NOINLINE static void inner(void) {
  __try {
    raise(0xe0000034);
  } __finally {
    step('f');
  }
}

NOINLINE static void outer(void) {
  volatile RECORD record = {(void*)teb_read(0), (void*)takes, buffer};
  if (__builtin_setjmp((void**)buffer) == 0) {
    teb_write(0, (ULONG)&record);
    inner();
    step('!');
  }
  step('e');
}

PROGRAM {
  outer();
  TRAIL("tfe");
}
