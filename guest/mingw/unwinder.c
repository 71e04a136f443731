/* libgcc's unwinder goes from an exception handler to the function that faulted: it knows the
 * system's frames in between by their instructions (gcc, libgcc/config/i386/w32-unwind.h). */
#include <stdint.h>
#include <unwind.h>
#include <windows.h>

#include "mingw/check.h"

static volatile int value;
static int* volatile nowhere;
static int frames, found;

__attribute__((noinline)) static void faults(void) {
  value = *nowhere;
}
__attribute__((noinline)) static void calls(void) {
  faults();
  value = 1;
}

static _Unwind_Reason_Code look(struct _Unwind_Context* context, void* unused) {
  const uintptr_t ip = _Unwind_GetIP(context);
  (void)unused;
  ++frames;
  /* The two functions are some bytes long. */
  if (ip - (uintptr_t)faults < 0x20 || ip - (uintptr_t)calls < 0x20) ++found;
  return _URC_NO_REASON;
}

static void step_over(CONTEXT* context) {
  nowhere = (int*)&value;
  context->Eax = context->Ecx = context->Edx = (DWORD)(uintptr_t)&value;
}

static EXCEPTION_DISPOSITION handler(EXCEPTION_RECORD* record, void* frame, CONTEXT* context,
                                     void* dispatcher) {
  (void)frame, (void)dispatcher;
  if (record->ExceptionFlags & EXCEPTION_UNWINDING) return ExceptionContinueSearch;
  _Unwind_Backtrace(look, 0);
  step_over(context);
  return ExceptionContinueExecution;
}

static LONG CALLBACK top_level(EXCEPTION_POINTERS* pointers) {
  _Unwind_Backtrace(look, 0);
  step_over(pointers->ContextRecord);
  return EXCEPTION_CONTINUE_EXECUTION;
}

int main(void) {
  struct {
    void* next;
    void* handler;
  } registration = {0, (void*)handler};
  __asm__ volatile("movl %%fs:0, %0" : "=r"(registration.next));
  __asm__ volatile("movl %0, %%fs:0" ::"r"(&registration) : "memory");
  calls();
  __asm__ volatile("movl %0, %%fs:0" ::"r"(registration.next) : "memory");
  CHECK(found == 2 && frames > 3);

  found = frames = 0;
  nowhere = 0;
  SetUnhandledExceptionFilter(top_level);
  calls();
  CHECK(found == 2 && frames > 3);
  puts(failures ? "FAIL unwinder" : "PASS unwinder");
  return failures;
}
