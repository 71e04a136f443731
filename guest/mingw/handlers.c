/* Records at fs:[0] laid by inline assembly, as programs without __try do it: a handler that
 * repairs and continues, and one that unwinds to its frame with RtlUnwind. Source: Pietrek, "A
 * Crash Course on the Depths of Win32 Structured Exception Handling", MSJ January 1997. */
#include <windows.h>

#include "check.h"

struct record {
  struct record* next;
  void* handler;
  void *resume_eip, *resume_esp, *resume_ebp;
};

static int repaired, caught, unwound;
static int spare;

static EXCEPTION_DISPOSITION __cdecl repair(EXCEPTION_RECORD* exception, void* frame,
                                            CONTEXT* context, void* dispatcher) {
  (void)frame, (void)dispatcher;
  if (exception->ExceptionFlags & 6) return ExceptionContinueSearch;
  CHECK(exception->ExceptionCode == EXCEPTION_ACCESS_VIOLATION);
  CHECK(exception->ExceptionInformation[0] == 1 && exception->ExceptionInformation[1] == 0);
  ++repaired;
  context->Eax = (DWORD)&spare;
  return ExceptionContinueExecution;
}

static EXCEPTION_DISPOSITION __cdecl note(EXCEPTION_RECORD* exception, void* frame,
                                          CONTEXT* context, void* dispatcher) {
  (void)frame, (void)context, (void)dispatcher;
  if (exception->ExceptionFlags & 2) ++unwound;
  return ExceptionContinueSearch;
}

static EXCEPTION_DISPOSITION __cdecl catch_it(EXCEPTION_RECORD* exception, void* frame,
                                              CONTEXT* context, void* dispatcher) {
  (void)context, (void)dispatcher;
  struct record* record = frame;
  if (exception->ExceptionFlags & 6) return ExceptionContinueSearch;
  ++caught;
  RtlUnwind(frame, 0, exception, 0);
  __asm__ volatile(
      "movl %0, %%edx\n\tmovl 8(%%edx), %%eax\n\tmovl 16(%%edx), %%ebp\n\tmovl 12(%%edx), %%esp\n\t"
      "jmp *%%eax"
      :
      : "r"(record)
      : "eax", "edx", "memory");
  __builtin_unreachable();
}

#define PUSH(record)                                                           \
  __asm__ volatile("movl %%fs:0, %%eax\n\tmovl %%eax, (%0)\n\tmovl %0, %%fs:0" \
                   :                                                           \
                   : "r"(record)                                               \
                   : "eax", "memory")
#define POP(record) \
  __asm__ volatile("movl (%0), %%eax\n\tmovl %%eax, %%fs:0" : : "r"(record) : "eax", "memory")

static void write_to(void* address) {
  __asm__ volatile("movl $77, (%%eax)" : : "a"(address) : "memory");
}

static void continues(void) {
  struct record record = {.handler = (void*)repair};
  PUSH(&record);
  write_to(0);
  POP(&record);
  CHECK(repaired == 1 && spare == 77);
}

static __attribute__((noinline)) void faults_below(void) {
  struct record inner = {.handler = (void*)note};
  PUSH(&inner);
  write_to(0);
  CHECK(!"reached");
}

static __attribute__((noinline)) void unwinds(void) {
  volatile struct record record = {.handler = (void*)catch_it};
  PUSH(&record);
  volatile struct record* pushed = &record;
  /* What the frames below changed is not put back: all registers are given up but EBP. */
  __asm__ volatile(
      "pushl %%ebx\n\tpushl %%esi\n\tpushl %%edi\n\t"
      "movl $1f, 8(%%eax)\n\tmovl %%esp, 12(%%eax)\n\tmovl %%ebp, 16(%%eax)\n\t"
      "call *%%edx\n"
      "1:\n\tpopl %%edi\n\tpopl %%esi\n\tpopl %%ebx"
      : "+a"(pushed)
      : "d"(faults_below)
      : "ecx", "memory", "cc");
  __asm__ volatile("movl %%fs:0, %%eax\n\tmovl (%%eax), %%eax\n\tmovl %%eax, %%fs:0"
                   :
                   :
                   : "eax", "memory");
  CHECK(caught == 1 && unwound == 1);
}

int main(void) {
  continues();
  unwinds();
  puts(failures ? "FAIL handlers" : "PASS handlers");
  return failures;
}
