/* Callbacks from Windows, and panics through them (syscall_windows_test.go at the commit). */
#include "go/tests.h"

typedef struct SetX SetX;
struct SetX {
  FuncVal f;
  bool x;
};
static GOFUNC(TestCallback_func1) {
  ((SetX*)ctxt)->x = true;
}

TEST(TestCallback) {
  SetX f = {{TestCallback_func1}, false};
  nestedCall(t, &f.f);
  if (!f.x) T_Fatalf(t, "nestedCall did not call func");
}

/* One object that only a goroutine's stack refers to, and many that nothing does. */
enum { GarbageObjects = 100 };

static NOINLINE void makegarbage(void) {
  int32 i;
  for (i = 0; i < GarbageObjects; i++) {
    volatile uint32* garbage = mal(64);
    *garbage = 0xbad;
  }
}

static GOFUNC(TestCallbackGC_func1) {
  GC();
}

TEST(TestCallbackGC) {
  FuncVal f = {TestCallbackGC_func1};
  uint32* volatile live = mal(64);
  uint32 reclaimed;
  *live = 0x11fe;
  makegarbage();
  reclaimed = GCReclaimed();
  nestedCall(t, &f);
  reclaimed = GCReclaimed() - reclaimed;
  makegarbage(); /* which would be given the live object's memory, were it free */
  if (!IsAllocated(~(uintptr)live) || *live != 0x11fe) {
    T_Fatalf(t, "an object that a stack refers to was collected");
  }
  /* A few may be kept by words that happen to look like their addresses. */
  if (reclaimed < GarbageObjects * 9 / 10) {
    T_Fatalf(t, "only %d objects of %d were reclaimed", reclaimed, GarbageObjects);
  }
}

/* NOTE: TestCallbackPanicLocked must precede the other TestCallbackPanic variants.
 * The SEH logic is testing that SEH is properly restored during the panic. The bug we're looking
 * for (issue 7470) used to leave SEH in the wrong place, but future panics would leave it in that
 * same wrong place. So if one of the other tests runs first, TestCallbackPanicLocked will see SEH
 * not changing and incorrectly infer that it is being restored properly.
 * The SEH checks are only safe (not racy) with the OS thread locked.
 *
 * The fallback is that even if this test doesn't notice, TestSetPanicOnFault will crash if it
 * runs on the same thread after one of these tests. */

typedef struct Locked Locked;
struct Locked {
  FuncVal f;
  T* t;
  uintptr oldSEH;
};

static GOFUNC(TestCallbackPanicLocked_func1) {
  Locked* c = (Locked*)ctxt;
  uintptr newSEH;
  checkcallbackpanic(c->t, recover());
  if (!LockedOSThread()) T_Fatalf(c->t, "lost lock on OS thread after panic");
  newSEH = GetSEH();
  if (c->oldSEH != newSEH) {
    T_Fatalf(c->t, "SEH not restored after panic: %#x became %#x", c->oldSEH, newSEH);
  }
}

TEST(TestCallbackPanicLocked) {
  Locked f = {{TestCallbackPanicLocked_func1}, t, 0};
  LockOSThread();
  DEFER(0, &UnlockOSThreadV);
  if (!LockedOSThread()) T_Fatalf(t, "runtime.LockOSThread didn't");
  f.oldSEH = GetSEH();
  DEFER(0, &f.f);
  nestedCall(t, &panicker);
  panic(goerror("nestedCall returned"));
}

static GOFUNC(TestCallbackPanic_func1) {
  T* t = ((Locked*)ctxt)->t;
  checkcallbackpanic(t, recover());
  if (LockedOSThread()) T_Fatalf(t, "locked OS thread on exit from TestCallbackPanic");
}

NOINLINE TEST(TestCallbackPanic) {
  Locked f = {{TestCallbackPanic_func1}, t, 0};
  /* Make sure panic during callback unwinds properly. */
  if (LockedOSThread()) T_Fatalf(t, "locked OS thread on entry to TestCallbackPanic");
  DEFER(0, &f.f);
  nestedCall(t, &panicker);
  panic(goerror("nestedCall returned"));
}

TEST(TestCallbackPanicLoop) {
  /* Make sure we don't blow out m->g0 stack. */
  uint32 i;
  /* A reference of our own, so that the DLL is not loaded and unloaded each time. */
  DLL d = GetDLL(t, USER32_DLL);
  DEFER(4, &DLL_Release, d);
  for (i = 0; i < testpanics; i++) TestCallbackPanic(t);
  RETURN;
}

typedef struct Blocking Blocking;
struct Blocking {
  FuncVal f;
  T* t;
  Hchan* c;
};

static GOFUNC(TestBlockingCallback_func1) {
  Hchan* c = (Hchan*)GOARG(0);
  int32 i;
  for (i = 0; i < 10; i++) chansend(c, chanrecv(c, nil));
}

static GOFUNC(TestBlockingCallback_func2) {
  Blocking* b = (Blocking*)ctxt;
  uintptr i, j;
  for (i = 0; i < 10; i++) {
    chansend(b->c, i);
    j = chanrecv(b->c, nil);
    if (j != i) T_Errorf(b->t, "out of sync %d != %d", j, i);
  }
}

TEST(TestBlockingCallback) {
  static FuncVal func1 = {TestBlockingCallback_func1};
  Blocking f = {{TestBlockingCallback_func2}, t, makechan(0)};
  newproc(4, &func1, f.c);
  nestedCall(t, &f.f);
}

static GOFUNC(TestCallbackInAnotherThread_func1) {
  GOARG(1) = GOARG(0);
}

enum { WAIT_OBJECT_0 = 0, WAIT_TIMEOUT = 0x102 };

TEST(TestCallbackInAnotherThread) {
  static FuncVal func1 = {TestCallbackInAnotherThread_func1};
  DLL d = GetDLL(t, "kernel32.dll");
  uintptr thread[6] = {0, 0, compilecallback(&func1, 1, true), 123, 0, 0};
  uintptr h, s;
  uint32 ec = 0;
  DEFER(4, &DLL_Release, d);
  h = SyscallN(DLL_Proc(t, d, "CreateThread"), 6, thread);
  if (h == 0) T_Fatalf(t, "CreateThread failed");
  /* Go waited a tenth of a second; the machine below may be slow */
  s = Syscall(DLL_Proc(t, d, "WaitForSingleObject"), 2, h, 60000, 0);
  if (s == WAIT_TIMEOUT) T_Fatalf(t, "timeout waiting for thread to exit");
  if (s != WAIT_OBJECT_0) T_Fatalf(t, "unexpected result of WaitForSingleObject: %d", s);
  if (Syscall(DLL_Proc(t, d, "GetExitCodeThread"), 2, h, (uintptr)&ec, 0) == 0) {
    T_Fatalf(t, "GetExitCodeThread failed");
  }
  if (ec != 123) T_Fatalf(t, "expected 123, but got %d", ec);
  Syscall(DLL_Proc(t, d, "CloseHandle"), 1, h, 0, 0);
  RETURN;
}
