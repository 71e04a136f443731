/* Ends of a whole process, as crash_test.go's programs: run only when named, each exits 2. */
#include "go/tests.h"

/* panic: callback panic */
TEST(CrashPanicInCallback) {
  nestedCall(t, &panicker);
}

static GOFUNC(panic_again) {
  Eface e = {"int", 2};
  panic(e);
}

/* Two panics, the second out of a deferred call of the first. */
TEST(CrashPanicInDefer) {
  static FuncVal again = {panic_again};
  DEFER(0, &again);
  panic(goerror("first"));
}

TEST(CrashNilDereference) {
  probe(0);
}

/* Not nil, and SetPanicOnFault is off. */
TEST(CrashFaultAddress) {
  probe(0xfffff000);
}

/* The fault is C's own, on the thread's stack. */
TEST(CrashFaultInC) {
  DLL d = GetDLL(t, "go_cdll.dll");
  Syscall(DLL_Proc(t, d, "ReadAddress"), 1, 0, 0, 0);
}

TEST(CrashDeadlock) {
  chanrecv(makechan(0), nil);
}
