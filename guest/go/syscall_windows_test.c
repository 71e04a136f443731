/* Callbacks from Windows, and panics through them (syscall_windows_test.go at the commit). */
#include "go/tests.h"

#ifndef USER32_DLL
#define USER32_DLL "user32.dll"
#endif

DLL GetDLL(T* t, const char* name) {
  DLL d = {loadlibrary(name)};
  if (d.handle == 0) T_Fatalf(t, "failed to load %s", name);
  return d;
}

uintptr DLL_Proc(T* t, DLL d, const char* name) {
  uintptr proc = getprocaddress(d.handle, name);
  if (proc == 0) T_Fatalf(t, "no procedure %s", name);
  return proc;
}

static GOFUNC(release) {
  freelibrary(GOARG(0));
}
FuncVal DLL_Release = {release};

static GOFUNC(callback) {
  FuncVal* f = (FuncVal*)GOARG(1);
  CALLFUNC(f);
  GOARG(2) = 0; /* stop enumeration */
}

uintptr callbackaddress(void) {
  static FuncVal callbackf = {callback};
  return compilecallback(&callbackf, 2, true);
}

void nestedCall(T* t, FuncVal* f) {
  uintptr c = callbackaddress();
  DLL d = GetDLL(t, USER32_DLL);
  DEFER(4, &DLL_Release, d);
  Syscall(DLL_Proc(t, d, "EnumWindows"), 2, c, (uintptr)f, 0);
  RETURN;
}

Eface goerror(const char* text) {
  Eface e = {"string", (uintptr)text};
  return e;
}

static GOFUNC(panic_callback_panic) {
  panic(goerror("callback panic"));
}
FuncVal panicker = {panic_callback_panic};

void checkcallbackpanic(T* t, Eface s) {
  if (s.type == nil) T_Fatalf(t, "did not panic");
  if (!streq(s.type, "string") || !streq((const char*)s.data, "callback panic")) {
    T_Fatalf(t, "wrong panic: %s", streq(s.type, "int") ? s.type : (const char*)s.data);
  }
}

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

static GOFUNC(unlock_f) {
  UnlockOSThread();
}
FuncVal UnlockOSThreadV = {unlock_f};

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

#ifndef PANIC_LOOP
#define PANIC_LOOP 100000
#endif

TEST(TestCallbackPanicLoop) {
  /* Make sure we don't blow out m->g0 stack. */
  int32 i;
  for (i = 0; i < PANIC_LOOP; i++) TestCallbackPanic(t);
}
