/* RtlUnwind, rule by rule (facts 3.6): who is called with which flags, targets that are none,
 * answers that are none, the value that it returns. The argument "bad-stack" unwinds to a record
 * outside the stack, "missed" past the end of the chain. */
#include "cases/say.h"
#include "system/nt.h"

enum { kEax = 0xb0 / 4 }; /* dword of a CONTEXT */

struct Record {
  void* next;
  void* handler;
  DWORD number;
};

DWORD do_unwind(void* target, EXCEPTION_RECORD* record, DWORD value);
void escape(void);
extern DWORD ebx_after;

static DWORD answer, add_to_eax, escape_at;

static int on_frame(EXCEPTION_RECORD* record, struct Record* frame, DWORD* context,
                    void* dispatcher) {
  (void)dispatcher;
  say_number("  frame", frame->number);
  say_number("    code", record->ExceptionCode);
  say_number("    flags", record->ExceptionFlags);
  if (!(record->ExceptionFlags & 6)) {
    say_number("    chained", record->ExceptionRecord ? record->ExceptionRecord->ExceptionCode : 0);
    escape();
  }
  if (frame->number == escape_at) escape();
  context[kEax] += add_to_eax;
  return (int)answer;
}

static void* head(void) {
  void* now;
  __asm__ volatile("movl %%fs:0, %0" : "=r"(now));
  return now;
}

static void link(void* record) {
  __asm__ volatile("movl %0, %%fs:0" : : "r"(record) : "memory");
}

/* Unwinds three records to `target` (a number of one of them), or to `address`. */
static void unwind(const char* what, DWORD target, DWORD offset) {
  struct Record records[3];
  void* before = head();
  for (DWORD i = 0; i < 3; ++i) {
    records[i].next = i == 2 ? before : &records[i + 1];
    records[i].handler = (void*)on_frame;
    records[i].number = i + 1;
  }
  link(records);
  say(what);
  BYTE* to = target ? (BYTE*)&records[target - 1] + offset : 0;
  DWORD value = do_unwind(to, 0, 0x1234);
  say_number("  returned", value);
  say(head() == to ? "  the target is the head\n" : "  the target is not the head\n");
  link(before);
}

static void bad_stack(void) {
  struct Record record = {(void*)0x10000, (void*)on_frame, 1};
  link(&record);
  do_unwind((BYTE*)&record + sizeof(record), 0, 0);
}

static void missed(void) {
  DWORD value = do_unwind((BYTE*)0x7ffffff0, 0, 0x1234);
  say_number("returned", value);
  ExitProcess(0);
}

void start(void) {
  const char* line = GetCommandLineA();
  char last = line[lstrlenA(line) - 1];
  answer = 1;
  if (last == 'k') bad_stack();
  if (last == 'd') missed();
  unwind("to the third\n", 3, 0);
  say(ebx_after == 0x0b0b0b0b ? "  EBX is kept\n"
      : ebx_after == 0        ? "  EBX is zero\n"
                              : "  EBX is lost\n");
  unwind("to the first\n", 1, 0);
  add_to_eax = 1;
  unwind("to the third, each handler adds 1 to the context's EAX\n", 3, 0);
  add_to_eax = 0;
  unwind("to between the first and the second\n", 1, 4);
  answer = 0;
  unwind("a handler answers ContinueExecution\n", 3, 0);
  answer = 1;
  escape_at = 2;
  unwind("without a target, until the second\n", 0, 0);
  ExitProcess(0);
}
