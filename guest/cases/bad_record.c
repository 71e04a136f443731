/* A fault while the chain begins with a record that dispatch refuses (facts 3.2 E1 and E2, 3.3).
 * The argument says what is wrong with it: outside (the stack), past-end (its second word is above
 * the stack), misaligned, on-stack (its handler), data (its handler is in a page of data of the
 * image), heap (its handler is executable, and in no image), none (nothing: it declines). */
#include "system/win32.h"

struct Record {
  void* next;
  void* handler;
};

static struct Record outside;
static BYTE decline_code[] = {0xb8, 1, 0, 0, 0, 0xc3}; /* mov eax, 1; ret */

static int decline(void* record, void* frame, void* context, void* dispatcher) {
  (void)record;
  (void)frame;
  (void)context;
  (void)dispatcher;
  return 1;
}

static int ends_with(const char* text, const char* end) {
  int length = lstrlenA(text), wanted = lstrlenA(end);
  if (length < wanted) return 0;
  for (int i = 0; i < wanted; ++i) {
    if (text[length - wanted + i] != end[i]) return 0;
  }
  return 1;
}

void start(void) {
  const char* line = GetCommandLineA();
  void* before;
  DWORD base;
  DWORD room[4];
  BYTE on_stack[8];
  __asm__ volatile("movl %%fs:0, %0" : "=r"(before));
  __asm__ volatile("movl %%fs:4, %0" : "=r"(base));
  struct Record* record = (struct Record*)room;
  void* handler = (void*)decline;
  if (ends_with(line, "outside")) record = &outside;
  if (ends_with(line, "past-end")) record = (struct Record*)(base - 4);
  if (ends_with(line, "misaligned")) record = (struct Record*)((BYTE*)room + 2);
  if (ends_with(line, "on-stack")) handler = on_stack;
  if (ends_with(line, "data")) handler = decline_code;
  if (ends_with(line, "heap")) {
    handler = VirtualAlloc(0, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
  }
  for (int i = 0; i < 6; ++i) {
    on_stack[i] = decline_code[i];
    if (ends_with(line, "heap")) ((BYTE*)handler)[i] = decline_code[i];
  }
  record->next = before;
  if (!ends_with(line, "past-end")) record->handler = handler;
  __asm__ volatile("movl %0, %%fs:0" : : "r"(record) : "memory");
  __asm__ volatile("movl 0, %%eax" : : "r"(room), "r"(on_stack) : "eax", "memory");
  ExitProcess(0);
}
