/* Faults that become panics (runtime_test.go). */
#include "go/tests.h"

/* Reads a word. Apart, so that the fault has a function of its own to happen in. */
NOINLINE uint32 probe(uintptr address) {
  return *(volatile uint32*)address;
}

typedef struct Faulted Faulted;
struct Faulted {
  FuncVal f;
  T* t;
};

static GOFUNC(TestSetPanicOnFault_func1) {
  Eface err = recover();
  if (err.type == nil) T_Fatalf(((Faulted*)ctxt)->t, "did not find error in recover");
}

static GOFUNC(restore_panic_on_fault) {
  SetPanicOnFault(GOARG(0) != 0);
}
static FuncVal restoreV = {restore_panic_on_fault};

TEST(TestSetPanicOnFault) {
  Faulted f = {{TestSetPanicOnFault_func1}, t};
  bool old = SetPanicOnFault(true);
  DEFER(4, &restoreV, old);
  DEFER(0, &f.f);
  probe(0);
  T_Fatalf(t, "still here - should have faulted");
}
