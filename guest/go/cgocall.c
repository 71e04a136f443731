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
  d->argp = (uint8*)-1; /* recovers nothing: nobody looks for it */
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
  /* From the first call into C on, a thread of C's may call back: an M for it must be there. */
  if (needextram != 0 && cas(&needextram, 1, 0)) newextram();

  getm()->ncgocall++;

  /* A callback goes on below this frame, so this goroutine may not move to another thread. When a
   * panic comes through C, endcgo is one of the deferred functions that it runs. */
  lockOSThread();
  defer_special(&d, &endcgoV);

  /* The head of the chain as it is now, for endcgo. After a panic through C the records that C and
   * callbackasm1 had linked are still there, and nobody else will take them off. */
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

/* Found by cgocallback_gofunc's frame: three words, its return address, then these. */
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

  /* For a panic in the callback; the normal way takes it off below. */
  defer_special(&d, &unwindmf);

  /* The callback itself, on this goroutine's stack. */
  cb = cbargs();
  newstackcall(cb->fn, cb->arg, cb->argsize);

  /* g0->sched.sp is left alone: on the normal way cgocallback_gofunc restores it itself. */
  undefer_special(&d, &unwindmf);
}

/* The Go side of a callback: in from C, the callback, out to C again. */
void cgocallbackg(void) {
  if (getg() != getm()->curg) throw("runtime: bad g in cgocallback");
  exitsyscall(); /* as if C had returned */
  cgocallbackg1();
  entersyscall(); /* and C goes on */
}

/* Deferred by cgocallbackg1, run by a panic: the thread's stack from where the callback found it
 * down, with the C frames and callbackasm1's, is free again. */
static void unwindm(void) {
  getm()->g0->sched.sp = *(uintptr*)getm()->g0->sched.sp;
}
