/* Callbacks from C that has records of its own, that is far down its stack, or that runs on a
 * thread of its own (go_cdll.dll). */
#include "go/tests.h"

typedef struct Variant Variant;
struct Variant {
  FuncVal f;
  T* t;
  uintptr seh;
  int32 calls;
};

/* The callback sees a head of its own, which callbackasm1 pushed. */
static GOFUNC(count_call) {
  Variant* v = (Variant*)ctxt;
  v->calls++;
#ifndef SEH_AS_ON_OTHER_SYSTEMS
  if (GetSEH() == v->seh) T_Errorf(v->t, "the callback runs with its caller's SEH");
#endif
}

/* A callback that returns: the chain is what it was, and C's result is C's. */
static void returns(T* t, const char* function, uintptr result) {
  Variant v = {{count_call}, t, 0, 0};
  LockOSThread();
  v.seh = GetSEH();
  checkcdllCall(t, function, &v.f, result);
  if (v.calls != 1) T_Errorf(t, "%s called back %d times", function, v.calls);
  if (GetSEH() != v.seh) T_Errorf(t, "SEH after return: %#x became %#x", v.seh, GetSEH());
  UnlockOSThread();
}

static GOFUNC(recover_variant) {
  Variant* v = (Variant*)ctxt;
  checkcallbackpanic(v->t, recover());
  if (GetSEH() != v->seh) {
    T_Fatalf(v->t, "SEH not restored after panic: %#x became %#x", v->seh, GetSEH());
  }
}

/* A callback that panics through C. */
static NOINLINE void panics(T* t, const char* function) {
  Variant v = {{recover_variant}, t, 0, 0};
  LockOSThread();
  DEFER(0, &UnlockOSThreadV);
  v.seh = GetSEH();
  DEFER(0, &v.f);
  cdllCall(t, function, &panicker, 2, 0);
  panic(goerror("the call of C returned"));
}

TEST(TestCallbackThroughNoRecord) {
  returns(t, "CallBackPlain", 0);
}
TEST(TestCallbackThroughThreeRecords) {
  returns(t, "CallBackThroughThreeRecords", 0);
}
TEST(TestCallbackThroughTry) {
  returns(t, "CallBackThroughTry", 0);
}
TEST(TestCallbackPanicThroughNoRecord) {
  panics(t, "CallBackPlain");
}
TEST(TestCallbackPanicThroughThreeRecords) {
  panics(t, "CallBackThroughThreeRecords");
}
TEST(TestCallbackPanicThroughTry) {
  panics(t, "CallBackThroughTry");
}

/* C's own fault, in a __try after the callback, is C's: its record comes before mstart's. */
enum { CAUGHT = 0xcaca };
TEST(TestFaultInCCaughtByTry) {
  returns(t, "CallBackThenFault", CAUGHT);
}

/* A fault in the callback is Go's, though C waits in a __try. */
static GOFUNC(recover_once) {
  checkfault(((Variant*)ctxt)->t, recover());
}

static GOFUNC(fault_once) {
  Variant* v = (Variant*)ctxt;
  Variant r = {{recover_once}, v->t, 0, 0};
  DEFER(0, &r.f);
  v->calls++;
  probe(0);
  T_Errorf(v->t, "still here - should have faulted");
  RETURN;
}

TEST(TestFaultInCallbackThroughTry) {
  Variant v = {{fault_once}, t, 0, 0};
  checkcdllCall(t, "CallBackThroughTry", &v.f, 0);
  if (v.calls != 1) T_Errorf(t, "called back %d times", v.calls);
}

/* On a thread that C created: needm lends it an M, whose record cgocallback_gofunc's frame has. */
TEST(TestCallbackOnForeignThread) {
  Variant v = {{count_call}, t, GetSEH(), 0};
  checkcdllCall(t, "CallBackOnThread", &v.f, 0);
  if (v.calls != 2) T_Fatalf(t, "called back %d times", v.calls);
}

static GOFUNC(recover_on_thread) {
  checkcallbackpanic(((Variant*)ctxt)->t, recover());
}

/* The foreign thread's Go code panics and recovers, faults and recovers, before C goes on. */
static GOFUNC(panic_on_thread) {
  Variant* v = (Variant*)ctxt;
  Variant r = {{recover_on_thread}, v->t, 0, 0};
  DEFER(0, &r.f);
  v->calls++;
  CALLFUNC(&panicker);
}

TEST(TestCallbackPanicOnForeignThread) {
  Variant v = {{panic_on_thread}, t, 0, 0};
  checkcdllCall(t, "CallBackOnThread", &v.f, 0);
  if (v.calls != 2) T_Fatalf(t, "called back %d times", v.calls);
}

TEST(TestFaultOnForeignThread) {
  Variant v = {{fault_once}, t, 0, 0};
  checkcdllCall(t, "CallBackOnThread", &v.f, 0);
  if (v.calls != 2) T_Fatalf(t, "called back %d times", v.calls);
}

/* An object to which only C's frame refers, and that Go knows by its complement alone. */
static NOINLINE uintptr makehidden(void) {
  uint32* object = mal(48);
  *object = 0x5ec2e7;
  return ~(uintptr)object;
}

/* Overwrites what earlier calls left below, where the next call's frames will lie. */
static NOINLINE uint32 clearframes(void) {
  volatile uint32 frame[512];
  uint32 i;
  for (i = 0; i < nelem(frame); i++) frame[i] = 0;
  return frame[0];
}

static GOFUNC(collect) {
  GC();
}

/* Both stacks are roots: what C holds stays, and what it does not hold goes. */
TEST(TestCallbackGCRootInC) {
  static FuncVal f = {collect};
  uintptr held = makehidden(), dropped = makehidden();
  clearframes();
  cdllCall(t, "CallBackHolding", &f, 3, held);
  if (!IsAllocated(held)) T_Errorf(t, "an object that C refers to was collected");
  if (*(uint32*)~held != 0x5ec2e7) T_Errorf(t, "an object that C refers to was overwritten");
  if (IsAllocated(dropped)) T_Errorf(t, "an object that nothing refers to was kept");
}
