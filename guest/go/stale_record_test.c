/* What a record that a panic left behind does later. Each step is a test of its own, for the
 * command line to put in order: without the fix, on one thread,
 *
 *   TestCallbackPanicDeep TestSetPanicOnFault                   passes: the dead record's bytes are
 *                                                               intact, and its handler is Go's
 *   TestCallbackPanicDeep TestStackReuse TestSetPanicOnFault    dies in the third: nothing that
 *                                                               the chain leads to is Go's */
#include "go/tests.h"

typedef struct Deep Deep;
struct Deep {
  FuncVal f;
  T* t;
  uintptr oldSEH;
  uintptr newSEH;
};

static GOFUNC(recover_deep) {
  Deep* d = (Deep*)ctxt;
  checkcallbackpanic(d->t, recover());
  d->newSEH = GetSEH();
}

/* A panic out of a callback from so far down the C stack that what the runtime itself does there
 * later leaves the record alone. Looks at no chain, like TestCallbackPanic. */
static NOINLINE void panicdeep(Deep* d) {
  DEFER(0, &d->f);
  cdllCall(d->t, "CallBackDeep", &panicker, 2, 0);
  panic(goerror("CallBackDeep returned"));
}

TEST(TestCallbackPanicDeep) {
  Deep d = {{recover_deep}, t, 0, 0};
  panicdeep(&d);
}

static void reusestack(T* t) {
  DLL d = GetDLL(t, "go_cdll.dll");
  Syscall(DLL_Proc(t, d, "UseStack"), 1, 24 * 1024, 0, 0);
  freelibrary(d.handle);
}

/* A C function that uses a lot of stack, as any may. */
TEST(TestStackReuse) {
  reusestack(t);
}

static GOFUNC(recover_stale_fault) {
  checkfault(((Deep*)ctxt)->t, recover());
}

static NOINLINE void faultandrecover(T* t) {
  Deep f = {{recover_stale_fault}, t, 0, 0};
  DEFER(0, &f.f);
  probe(0);
  T_Fatalf(t, "still here - should have faulted");
}

/* The same steps in one test, with the thread locked: panic, reuse of the stack or not, fault. */
static NOINLINE void stalerecord(T* t, bool reuse) {
  Deep d = {{recover_deep}, t, 0, 0};
  LockOSThread();
  DEFER(0, &UnlockOSThreadV);
  d.oldSEH = GetSEH();
  panicdeep(&d);
  if (reuse) reusestack(t);
  if (d.newSEH != d.oldSEH) {
    /* the premise of the two tests, which only a broken chain needs */
    SEH* stale = (SEH*)d.newSEH;
    bool intact = stale->handler == (void*)sigtramp;
    if (intact == reuse) T_Fatalf(t, "stale record %p: handler %p", stale, stale->handler);
  }
  faultandrecover(t);
  RETURN;
}

TEST(TestStaleRecordIntact) {
  stalerecord(t, false);
}
TEST(TestStaleRecordOverwritten) {
  stalerecord(t, true);
}
