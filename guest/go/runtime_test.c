/* Faults that become panics (runtime_test.go), in Go code and in callbacks. */
#include "go/tests.h"

/* Apart, so that the fault has a function of its own to happen in. */
NOINLINE uint32 probe(uintptr address) {
  return *(volatile uint32*)address;
}

typedef struct Faulted Faulted;
struct Faulted {
  FuncVal f;
  T* t;
  uintptr seh;
  bool recovered;
};

static GOFUNC(recover_fault) {
  Faulted* c = (Faulted*)ctxt;
  checkfault(c->t, recover());
  c->recovered = true;
}

static GOFUNC(restore_panic_on_fault) {
  SetPanicOnFault(GOARG(0) != 0);
}
static FuncVal restoreV = {restore_panic_on_fault};

/* Reads at the address, which must fault and be recovered. */
static NOINLINE void probe_and_recover(T* t, uintptr address) {
  Faulted f = {{recover_fault}, t, 0, false};
  DEFER(0, &f.f);
  probe(address);
  T_Fatalf(t, "still here - should have faulted on address %#x", address);
}

TEST(TestSetPanicOnFault) {
  bool old = SetPanicOnFault(true);
  DEFER(4, &restoreV, old);
  probe_and_recover(t, 0);
  RETURN;
}

/* Not nil: without SetPanicOnFault this would be a fatal error. The address is the kernel's. */
TEST(TestSetPanicOnFaultAddress) {
  bool old = SetPanicOnFault(true);
  DEFER(4, &restoreV, old);
  probe_and_recover(t, 0xfffff000);
  RETURN;
}

static NOINLINE void divide(volatile uint32* a, volatile uint32* b) {
  *a = *a / *b;
}

static GOFUNC(recover_division) {
  Faulted* c = (Faulted*)ctxt;
  Eface s = recover();
  checkfault(c->t, s);
  if (!streq((const char*)s.data, "integer divide by zero")) {
    T_Fatalf(c->t, "wrong panic: %s", (const char*)s.data);
  }
}

TEST(TestDivideByZero) {
  Faulted f = {{recover_division}, t, 0, false};
  uint32 one = 1, zero = 0;
  DEFER(0, &f.f);
  divide(&one, &zero);
  T_Fatalf(t, "still here - should have faulted");
}

/* In the callback: callbackasm1's record is the head, and the callback goes on. */
static GOFUNC(fault_and_recover) {
  T* t = ((Faulted*)ctxt)->t;
  uintptr seh = GetSEH();
  probe_and_recover(t, 0);
  if (GetSEH() != seh) T_Errorf(t, "SEH in the callback: %#x became %#x", seh, GetSEH());
  ((Faulted*)ctxt)->recovered = true;
}

TEST(TestFaultInCallback) {
  Faulted f = {{fault_and_recover}, t, GetSEH(), false};
  nestedCall(t, &f.f);
  if (!f.recovered) T_Fatalf(t, "nestedCall did not call func");
}

static GOFUNC(fault_in_callback) {
  probe(0);
}

static GOFUNC(recover_outside) {
  Faulted* c = (Faulted*)ctxt;
  checkfault(c->t, recover());
  if (GetSEH() != c->seh) {
    T_Fatalf(c->t, "SEH not restored after panic: %#x became %#x", c->seh, GetSEH());
  }
}

/* The fault's panic leaves the callback, and with it C. */
TEST(TestFaultInCallbackRecoveredOutside) {
  static FuncVal fault = {fault_in_callback};
  Faulted f = {{recover_outside}, t, 0, false};
  LockOSThread();
  DEFER(0, &UnlockOSThreadV);
  f.seh = GetSEH();
  DEFER(0, &f.f);
  nestedCall(t, &fault);
  panic(goerror("nestedCall returned"));
}
