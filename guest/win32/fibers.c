/* Fibers: each has its stack, chain, bounds and storage; a fault on one finds its own handlers; its
 * stack grows. As Microsoft documents CreateFiber, SwitchToFiber and FlsAlloc. */
#include "cases/say.h"
#include "system/win32_threads.h"

#define ERROR_INVALID_PARAMETER 87
#define ERROR_ALREADY_FIBER 1280
#define ERROR_ALREADY_THREAD 1281
#define ROUNDS 50

int failures;
static PVOID main_fiber;
static DWORD slot;
static int called_with, called;

static PVOID current_fiber(void) {
  return (PVOID)teb_read(0x10);
}

static VOID NTAPI storage_callback(PVOID value) {
  called_with = (int)value;
  ++called;
}

__attribute__((noinline)) static void fault(void) {
  *(volatile int*)8 = 1;
}

/* Faults in a fiber, and is caught there. */
static int faults_here(void) {
  __try {
    fault();
  } __except (GetExceptionCode() == 0xc0000005) {
    return 1;
  }
  return 0;
}

__attribute__((noinline)) static int descend(int depth, volatile char* above) {
  volatile char pages[3000];
  pages[0] = (char)depth;
  int deeper = depth ? descend(depth - 1, pages) : 0;
  return deeper + (above[0] == (char)(depth + 1)) + (pages[0] != (char)depth);
}

typedef struct TURN {
  PVOID fiber, next;
  int rounds, number;
} TURN;

static VOID WINAPI take_turns(PVOID data) {
  TURN* turn = data;
  int local = turn->number;
  CHECK(*(PVOID*)current_fiber() == data); /* GetFiberData */
  CHECK(current_fiber() == turn->fiber);
  CHECK(FlsGetValue(slot) == 0);
  CHECK(FlsSetValue(slot, (PVOID)(100 + local)));
  ULONG base = teb_read(TEB_STACK_BASE), limit = teb_read(TEB_STACK_LIMIT);
  CHECK((ULONG)&local < base && (ULONG)&local >= limit);
  CHECK(teb_read(0) < base && teb_read(0) >= limit); /* the chain is this stack's own */
  for (int i = 0; i < ROUNDS; ++i) {
    __try {
      if (i % 10 == 3) CHECK(faults_here());
      SwitchToFiber(turn->next);
      if (i % 10 == 7) RaiseException(0xe0000001, 0, 0, 0);
    } __except (GetExceptionCode() == 0xe0000001) {
      ++turn->rounds;
    }
    CHECK(local == turn->number && FlsGetValue(slot) == (PVOID)(100 + local));
    CHECK(current_fiber() == turn->fiber);
  }
  volatile char above = 41;
  CHECK(descend(40, &above) == 41);
  CHECK(teb_read(TEB_STACK_LIMIT) < limit); /* grown, and remembered over switches */
  ULONG grown = teb_read(TEB_STACK_LIMIT);
  SwitchToFiber(main_fiber);
  CHECK(teb_read(TEB_STACK_LIMIT) == grown);
  SwitchToFiber(main_fiber);
}

static void turns(void) {
  static TURN turn[2];
  ULONG base = teb_read(TEB_STACK_BASE);
  for (int i = 0; i < 2; ++i) {
    turn[i].number = i + 1;
    turn[i].fiber = CreateFiberEx(0, 0x40000 * (SIZE_T)(i + 1), (DWORD)i, take_turns, &turn[i]);
    CHECK(turn[i].fiber != 0);
  }
  turn[0].next = turn[1].fiber;
  turn[1].next = turn[0].fiber;
  CHECK(FlsSetValue(slot, (PVOID)55));
  SwitchToFiber(turn[0].fiber); /* until the first one is through */
  CHECK(turn[0].rounds == ROUNDS / 10);
  SwitchToFiber(turn[1].fiber);
  CHECK(turn[1].rounds == ROUNDS / 10);
  CHECK(FlsGetValue(slot) == (PVOID)55 && called == 0);
  CHECK(teb_read(TEB_STACK_BASE) == base && current_fiber() == main_fiber);
  SwitchToFiber(turn[0].fiber);
  SwitchToFiber(turn[1].fiber);
  DeleteFiber(turn[0].fiber);
  CHECK(called == 1 && called_with == 101);
  DeleteFiber(turn[1].fiber);
  CHECK(called == 2 && called_with == 102);
}

static VOID WINAPI end_thread(PVOID data) {
  CHECK(FlsSetValue(slot, (PVOID)200));
  if (data) DeleteFiber(current_fiber());
}

/* A fiber whose routine returns, or that deletes itself, ends its thread. */
static DWORD WINAPI become_fiber(PVOID deletes_itself) {
  CHECK(ConvertThreadToFiber(0) != 0);
  SwitchToFiber(CreateFiber(0, end_thread, deletes_itself));
  return 99;
}

static void ends(void) {
  for (int i = 0; i < 2; ++i) {
    DWORD code = 0;
    called = 0;
    HANDLE thread = CreateThread(0, 0, become_fiber, (PVOID)i, 0, 0);
    CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(thread, &code) && code == 1);
    CHECK(called == 1 && called_with == 200);
    CHECK(CloseHandle(thread));
  }
}

static DWORD WINAPI set_value(PVOID value) {
  return FlsSetValue(slot, value) ? 0 : GetLastError();
}

static void storage(void) {
  called = 0;
  HANDLE thread = CreateThread(0, 0, set_value, (PVOID)300, 0, 0);
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(called == 1 && called_with == 300); /* at the thread's end */
  CHECK(FlsSetValue(slot, (PVOID)400) && FlsFree(slot));
  CHECK(called == 2 && called_with == 400); /* when the index is freed */
  CHECK(!FlsFree(slot) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!FlsSetValue(5000, 0) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!FlsGetValue(5000) && GetLastError() == ERROR_INVALID_PARAMETER);
  DWORD again = FlsAlloc(0);
  CHECK(again != TLS_OUT_OF_INDEXES && FlsGetValue(again) == 0 && GetLastError() == 0);
}

void start(void) {
  slot = FlsAlloc(storage_callback);
  CHECK(slot != TLS_OUT_OF_INDEXES && slot != 0);
  CHECK(!IsThreadAFiber());
  CHECK(!ConvertFiberToThread() && GetLastError() == ERROR_ALREADY_THREAD);
  main_fiber = ConvertThreadToFiberEx((PVOID)7, FIBER_FLAG_FLOAT_SWITCH);
  CHECK(main_fiber && IsThreadAFiber() && current_fiber() == main_fiber);
  CHECK(*(PVOID*)main_fiber == (PVOID)7);
  CHECK(!ConvertThreadToFiber(0) && GetLastError() == ERROR_ALREADY_FIBER);
  turns();
  CHECK(ConvertFiberToThread() && !IsThreadAFiber());
  ends();
  storage();
  CHECK_ENDS("fibers");
}
