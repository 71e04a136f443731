/* GetThreadContext and SetThreadContext of a suspended thread and of the thread itself. Says PASS
 * when all is as documented. */
#include "cases/say.h"

#define CONTEXT_CONTROL 0x10001
#define CONTEXT_INTEGER 0x10002
#define CONTEXT_FULL 0x10007
#define CONTEXT_DEBUG_REGISTERS 0x10010

typedef struct {
  ULONG Flags, Dr0, Dr1, Dr2, Dr3, Dr6, Dr7;
  UCHAR FloatSave[112];
  ULONG Gs, Fs, Es, Ds, Edi, Esi, Ebx, Edx, Ecx, Eax, Ebp, Eip, Cs, EFlags, Esp, Ss;
  UCHAR Extended[512];
} CONTEXT;
_Static_assert(sizeof(CONTEXT) == 0x2cc, "CONTEXT");

int failures;

static volatile ULONG turns, got;

static DWORD WINAPI never(PVOID parameter) {
  got = (ULONG)parameter + 1000;
  return 1;
}

static DWORD WINAPI instead(PVOID parameter) {
  got = (ULONG)parameter;
  return 2;
}

static DWORD WINAPI spin(PVOID parameter) {
  (void)parameter;
  while (got == 0) ++turns;
  return 3;
}

static void other_start(void) {
  CONTEXT context;
  DWORD id = 0, code = 0;
  HANDLE thread = CreateThread(0, 0, never, (PVOID)7, 4 /* CREATE_SUSPENDED */, &id);
  context.Flags = CONTEXT_INTEGER;
  context.Esp = 0x1234;
  CHECK(GetThreadContext(thread, &context));
  CHECK(context.Eax == (ULONG)never); /* EAX of a thread that has not begun is its routine */
  CHECK(context.Esp == 0x1234);       /* a group that was not asked for is not written */
  context.Eax = (ULONG)instead;
  CHECK(SetThreadContext(thread, &context));
  context.Flags = CONTEXT_DEBUG_REGISTERS;
  CHECK(GetThreadContext(thread, &context) && context.Dr0 == 0); /* DR0 of a new thread is 0 */
  context.Dr0 = 0x5555;
  CHECK(SetThreadContext(thread, &context));
  context.Dr0 = 0;
  CHECK(GetThreadContext(thread, &context) && context.Dr0 == 0x5555);
  CHECK(GetThreadContext((HANDLE)-2, &context) && context.Dr0 == 0); /* DR0 is the thread's own */
  ResumeThread(thread);
  WaitForSingleObject(thread, 0xffffffff);
  CHECK(GetExitCodeThread(thread, &code) && code == 2 && got == 7); /* EAX and EBX start it */
  CHECK(!GetThreadContext((HANDLE)0x7770, &context));
  CHECK(!GetThreadContext((HANDLE)-2, (CONTEXT*)0x10));
}

static void running(void) {
  CONTEXT context;
  DWORD id = 0;
  got = 0;
  HANDLE thread = CreateThread(0, 0, spin, 0, 0, &id);
  while (turns < 100) Sleep(0);
  SuspendThread(thread);
  ULONG seen = turns;
  context.Flags = CONTEXT_FULL;
  CHECK(GetThreadContext(thread, &context));
  CHECK(context.Eip - (ULONG)spin < 64); /* it stands in its loop */
  CHECK(context.Cs != 0 && context.Ss != 0 && context.Fs != 0);
  Sleep(1);
  CHECK(seen == turns); /* it stands still */
  got = 1;
  ResumeThread(thread);
  WaitForSingleObject(thread, 0xffffffff);
}

static HANDLE event;

static DWORD WINAPI waits(PVOID parameter) {
  (void)parameter;
  WaitForSingleObject(event, 0xffffffff);
  got = 1000; /* never: the thread goes on elsewhere */
  return 4;
}

__attribute__((used)) void went_elsewhere(ULONG eax, ULONG ebx) {
  got = ebx + eax; /* EAX is the wait's status, 0 */
  ExitThread(5);
}

__attribute__((naked)) static void elsewhere(void) {
  __asm__ volatile("pushl %ebx\n\tpushl %eax\n\tcalll _went_elsewhere");
}

/* A new context takes effect when the system call returns in which the thread waits; the wait goes
 * on until then. */
static void waiting(void) {
  CONTEXT context;
  DWORD id = 0, code = 0;
  got = 0;
  event = CreateEventA(0, 1, 0, 0);
  HANDLE thread = CreateThread(0, 0, waits, 0, 0, &id);
  Sleep(1);
  SuspendThread(thread);
  context.Flags = CONTEXT_FULL;
  CHECK(GetThreadContext(thread, &context));
  CHECK(context.Eip - (ULONG)GetModuleHandleA("ntdll.dll") < 0x1000000); /* in the system call */
  context.Eip = (ULONG)elsewhere;
  context.Ebx = 77;
  context.Eax = 0x1234;
  CHECK(SetThreadContext(thread, &context));
  context.Eip = context.Ebx = 0;
  CHECK(GetThreadContext(thread, &context));
  CHECK(context.Eip == (ULONG)elsewhere && context.Ebx == 77);
  ResumeThread(thread);
  Sleep(2);
  CHECK(got == 0); /* still waiting */
  SetEvent(event);
  WaitForSingleObject(thread, 0xffffffff);
  CHECK(got == 77);
  CHECK(GetExitCodeThread(thread, &code) && code == 5);
}

void start(void) {
  other_start();
  running();
  waiting();
  CHECK_ENDS("thread_context");
}
