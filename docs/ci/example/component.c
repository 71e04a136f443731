/* component.dll: reads numbers that callers point to. A pointer that leads nowhere counts as 0, by a
 * handler of its own. */
#include <windows.h>

struct record {
  struct record* next;
  void* handler;
};

static const int nothing = 0;

EXCEPTION_DISPOSITION __cdecl on_fault(EXCEPTION_RECORD* exception, void* frame, CONTEXT* context,
                                       void* dispatcher) {
  (void)frame, (void)dispatcher;
  if (exception->ExceptionCode != EXCEPTION_ACCESS_VIOLATION) return ExceptionContinueSearch;
  if (exception->ExceptionFlags & 6 /* unwinding */) return ExceptionContinueSearch;
  context->Ecx = (DWORD)&nothing;
  return ExceptionContinueExecution;
}

__declspec(dllexport) int read_number(const int* from) {
  struct record record = {0, on_fault};
  struct record* linked = &record;
  int value;
  __asm__ volatile(
      "movl %%fs:0, %%eax\n\t"
      "movl %%eax, (%1)\n\t"
      "movl %1, %%fs:0\n\t"
      "movl (%%ecx), %0\n\t"
      "movl (%1), %%eax\n\t"
      "movl %%eax, %%fs:0"
      : "=&d"(value), "+S"(linked), "+c"(from)
      :
      : "eax", "memory");
  return value;
}
