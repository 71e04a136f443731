/* Defer, panic and recover (panic.c). */
#include "go/runtime.h"

/* deferproc's second half: the record, with what recovery needs of the deferring frame. */
void newdeferrecord(int32 siz, FuncVal* fn, uint8* argp, uintptr pc, uintptr* regs) {
  Defer* d = mal(sizeof(Defer) + (uint32)siz);
  d->siz = siz;
  d->fn = fn;
  d->argp = argp;
  d->pc = pc;
  d->bp = regs[0];
  d->bx = regs[1];
  d->si = regs[2];
  d->di = regs[3];
  memcpy(d->args, argp, (uint32)siz);
  d->link = getg()->defer;
  getg()->defer = d;
}

static void freedefer(Defer* d) {
  if (!d->special) gofree(d);
}

/* Runs the functions that the caller's frame deferred. (Go's ran one and jumped back to its own
 * call; the frame was known by the address of its outgoing arguments, here by its EBP.) */
void deferreturn(void) {
  uintptr frame = *(uintptr*)__builtin_frame_address(0);
  for (;;) {
    Defer* d = getg()->defer;
    if (d == nil || d->special || d->bp != frame) return;
    getg()->defer = d->link;
    calldeferred(d->fn, d->args, (uint32)d->siz);
    freedefer(d);
  }
}

/* Calls the first deferred function, on top of a stack segment of its own, then takes its record
 * off the list. nil: that call had been started before, by a panic or Goexit which the present
 * one came out of, and which will not go on. */
static Defer* rundefer(Panic* p) {
  Defer* d = getg()->defer;
  if (d->started) {
    if (d->panic != nil) d->panic->aborted = true;
    getg()->defer = d->link;
    freedefer(d);
    return nil;
  }
  d->started = true;
  d->panic = p;
  getg()->ispanic = p != nil; /* for newstack: this call may recover */
  newstackcall(d->fn, d->args, (uint32)d->siz);
  if (getg()->defer != d) throw("bad defer entry in panic");
  getg()->defer = d->link;
  return d;
}

/* On g0, after a deferred call has recovered: gives back the segments above the frame that had
 * deferred it, and goes on there, in deferproc, which returns for the second time, with 1: the
 * frame then leaves as if it had come to its end. */
static NOINLINE void recovery(G* gp) {
  uint8* sp = (uint8*)gp->recover.sp;
  unwindstack(gp, sp);
  gp->sched = gp->recover;
  gp->sched.g = gp;
  gp->sched.ret = 1;
  gp->sched.ctxt = nil;
  gogo(&gp->sched);
}

void panic(Eface e) {
  G* g = getg();
  Panic p = {e, g->panic, false, false};
  g->panic = &p;

  while (g->defer != nil) {
    Defer* d = rundefer(&p);
    if (d == nil) continue;
    if (p.recovered) {
      g->panic = p.link;
      /* Panics that this one came upon are over as well: their frames go with its own. */
      while (g->panic != nil && g->panic->aborted) g->panic = g->panic->link;
      if (g->panic == nil) g->sig = 0;
      /* Where recovery, on another stack, finds the frame to go on in. */
      g->recover.sp = (uintptr)(d->argp - 2 * sizeof(uintptr));
      g->recover.pc = d->pc;
      g->recover.bp = d->bp;
      g->recover.bx = d->bx;
      g->recover.si = d->si;
      g->recover.di = d->di;
      freedefer(d);
      mcall(recovery);
      throw("recovery failed"); /* recovery went elsewhere */
    }
    freedefer(d);
  }
  startpanic_exit(g->panic); /* nobody recovered: the program ends */
}

/* What the language calls recover(). argp is where the caller's first
 * argument is: it must be the deferred call itself and not something that it called, so the top
 * frame of a stack segment made for a panic's deferred call. */
Eface gorecover(uint8* argp) {
  Stktop* top = (Stktop*)getg()->stackbase;
  Panic* p = getg()->panic;
  Eface none = {nil, 0};
  if (p == nil || p->recovered || !top->panic || argp != (uint8*)top - top->argsize) return none;
  p->recovered = true;
  return p->arg;
}

/* Ends the goroutine: runs all deferred calls, then the goroutine is gone. */
void Goexit(void) {
  while (getg()->defer != nil) {
    Defer* d = rundefer(nil);
    if (d != nil) freedefer(d);
  }
  goexit1();
}

/* A run-time error of the language. */
void panicstring(const char* message) {
  Eface e = {"runtime.Error", (uintptr)message};
  panic(e);
}
