/* A TLS directory: its callbacks run before the entry point, for each thread, and at the end; each
 * thread has a copy of the template of its own (Windows documents the order: attach of the process
 * before the entry point, attach and detach of each thread in it; Wine 8.0 leaves out the detach of
 * the process). */
#include "cases/say.h"

int failures;
ULONG _tls_index;
__declspec(thread) int counter = 42;

static void NTAPI tell(PVOID module, DWORD reason, PVOID reserved) {
  static const char* const names[] = {"process detach", "process attach", "thread attach",
                                      "thread detach"};
  if (module != GetModuleHandleA(0)) say("not the program's module, ");
  say(reason < 4 ? names[reason] : "unknown reason");
  say_number(", counter", (DWORD)counter++);
}

static void NTAPI tell_second(PVOID module, DWORD reason, PVOID reserved) {
  if (reason == DLL_PROCESS_ATTACH) say("second callback\n");
}

/* The linker puts what lies between the two ends of .tls into the template, and the directory into
 * the headers because of its name. */
__declspec(allocate(".tls")) char _tls_start = 0;
__declspec(allocate(".tls$ZZZ")) char _tls_end = 0;
static INIT_ROUTINE const callbacks[] = {tell, tell_second, 0};
const struct {
  const void *start, *end;
  ULONG* index;
  const void* callbacks;
  ULONG zero_fill, characteristics;
} _tls_used = {&_tls_start, &_tls_end, &_tls_index, callbacks, 8, 0};

static DWORD WINAPI other_thread(PVOID parameter) {
  say_number("other thread's counter", (DWORD)counter);
  return 0;
}

void start(void) {
  say_number("entry, counter", (DWORD)counter);
  HANDLE thread = CreateThread(0, 0, other_thread, 0, 0, 0);
  WaitForSingleObject(thread, INFINITE);
  say_number("after the thread, counter", (DWORD)counter);
  ExitProcess(0);
}
