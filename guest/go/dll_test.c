/* What the callback tests stand on: DLLs, one Go callback, and ways to call C that calls it. */
#include "go/tests.h"

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

static GOFUNC(Release) {
  freelibrary(GOARG(0));
}
FuncVal DLL_Release = {Release};

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

/* Has no result of its own to return after a recovered panic, so that it goes through *result. */
static NOINLINE void callcdll(T* t, const char* function, FuncVal* f, uintptr nargs, uintptr a3,
                              uintptr* result) {
  uintptr c = callbackaddress();
  DLL d = GetDLL(t, "go_cdll.dll");
  DEFER(4, &DLL_Release, d);
  *result = Syscall(DLL_Proc(t, d, function), nargs, c, (uintptr)f, a3);
  RETURN;
}

uintptr cdllCall(T* t, const char* function, FuncVal* f, uintptr nargs, uintptr a3) {
  uintptr result = 0;
  callcdll(t, function, f, nargs, a3, &result);
  return result;
}

void checkcdllCall(T* t, const char* function, FuncVal* f, uintptr expected) {
  uintptr result = cdllCall(t, function, f, 2, 0);
  if (result != expected) T_Fatalf(t, "%s returned %d, not %d", function, result, expected);
}

static GOFUNC(unlock_thread) {
  UnlockOSThread();
}
FuncVal UnlockOSThreadV = {unlock_thread};

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
  if (!streq((const char*)s.data, "callback panic")) {
    T_Fatalf(t, "wrong panic: %s", (const char*)s.data);
  }
}

void checkfault(T* t, Eface s) {
  if (s.type == nil) T_Fatalf(t, "did not find error in recover");
  if (!streq(s.type, "runtime.Error")) T_Fatalf(t, "wrong panic: %s", (const char*)s.data);
}
