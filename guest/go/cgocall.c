/* Go calls C, and C calls back into Go (cgocall.c).
 *
 * cgocall locks the goroutine to its thread, leaves Go (entersyscall) and has asmcgocall call C
 * on the thread's own stack. A callback comes in through callbackasm1 and cgocallback_gofunc,
 * which moves g0->sched.sp below the C frames and goes on in cgocallbackg on the goroutine's
 * stack, right below where cgocall left it. When the callback panics and a function above cgocall
 * recovers, nothing of the C side returns: unwindm and endcgo, deferred, undo what cgocallback
 * and cgocall did. */
#include "go/runtime.h"

static NOINLINE void endcgo(void);
static NOINLINE void unwindm(void);

static FuncVal endcgoV = {(void*)endcgo};
static FuncVal unwindmf = {(void*)unwindm};

/* Puts a defer on g's list that lives in its function's frame. */
static void defer_special(Defer* d, FuncVal* fn) {
  memclr(d, sizeof *d);
  d->fn = fn;
  d->argp = (uint8*)-1; /* unused because it never recovers */
  d->special = true;
  d->link = getg()->defer;
  getg()->defer = d;
}

/* Takes off what defer_special put on. */
static void undefer_special(Defer* d, FuncVal* fn) {
  if (getg()->defer != d || d->fn != fn) throw("runtime: bad defer entry in cgocallback");
  getg()->defer = d->link;
}

NOINLINE void cgocall(void (*fn)(void*), void* arg) {
  Defer d;
  SEHUnwind sehunwind;

  if (fn == nil) throw("cgocall nil");
  /* Create an extra M for callbacks on threads not created by Go on first cgo call. */
  if (needextram != 0 && cas(&needextram, 1, 0)) newextram();

  getm()->ncgocall++;

  /* Lock g to m to ensure we stay on the same stack if we do a cgo callback. Add entry to defer
   * stack in case of panic. */
  lockOSThread();
  defer_special(&d, &endcgoV);

  /* Record current SEH for restoration during endcgo. This matters most when the execution stops
   * due to panic and the called C code isn't given a chance to clean up the SEHs it has pushed. */
  sehunwind.seh = getseh();
  sehunwind.link = getm()->sehunwind;
  getm()->sehunwind = &sehunwind;

  getm()->ncgo++;

  entersyscall();
  asmcgocall(fn, arg);
  exitsyscall();

  undefer_special(&d, &endcgoV);
  endcgo();
}

static void endcgo(void) {
  unlockOSThread();
  getm()->ncgo--;

#ifndef ISSUE_7470
  /* What the commit added; go_buggy.exe is built without it. */
  setseh(getm()->sehunwind->seh);
#endif
  getm()->sehunwind = getm()->sehunwind->link;
}

/* The arguments of cgocallback_gofunc, where callbackasm1 pushed them. */
typedef struct CallbackArgs CallbackArgs;
struct CallbackArgs {
  FuncVal* fn;
  void* arg;
  uintptr argsize;
};

/* Location of callback arguments depends on stack frame layout of cgocallback_gofunc. */
static CallbackArgs* cbargs(void) {
  return (CallbackArgs*)(getm()->g0->sched.sp + 4 * sizeof(void*));
}

static NOINLINE void cgocallbackg1(void) {
  Defer d;
  CallbackArgs* cb;

  if (getm()->needextram) {
    getm()->needextram = false;
    newextram();
  }

  /* Add entry to defer stack in case of panic. */
  defer_special(&d, &unwindmf);

  /* Invoke callback. */
  cb = cbargs();
  newstackcall(cb->fn, cb->arg, cb->argsize);

  /* Pop defer. Do not unwind m->g0->sched.sp: our caller, cgocallback_gofunc, will do that. */
  undefer_special(&d, &unwindmf);
}

/* Call from C back to Go, on the goroutine's stack. */
void cgocallbackg(void) {
  if (getg() != getm()->curg) throw("runtime: bad g in cgocallback");
  exitsyscall(); /* coming out of cgo call */
  cgocallbackg1();
  entersyscall(); /* going back to cgo call */
}

/* Restore sp saved by cgocallback during unwind of g's stack: the thread's stack from there down,
 * with the C frames and callbackasm1's, is free again. */
static void unwindm(void) {
  getm()->g0->sched.sp = *(uintptr*)getm()->g0->sched.sp;
}
