/* Goroutines and Ms: start of the program, of an M and of a goroutine, and the end of one
 * (proc.c). */
#include "go/proc.h"

#include "go/runtime.h"

M m0;
G g0;
M* allm;
G* allg;
Sched sched;
P allp;

extern void main_main(void);
extern FuncVal runtime_main_f;

void schedinit(void) {
  mallocinit();
  getm()->id = sched.mcount++;
  allm = &m0;
  acquirep(&allp);
}

/* The first goroutine. */
GOFUNC(runtime_main) {
  lockOSThread();
  unlockOSThread();
  main_main();
  exit(0);
}

/* The first function of an M, on its thread's own stack. Never returns: what lies below this
 * frame is free for mcall, asmcgocall and newstack. */
NOINLINE void mstart(void) {
  M* m = getm();
#ifdef GOOSARCH_windows_386
  /* Windows takes records on the thread's own stack only. Every M's mstart runs there, and its
   * frame outlives all others on it. */
  SEH seh;
#endif

  if (getg() != m->g0) throw("bad runtime.mstart");

  /* From here down the stack belongs to whoever comes to g0 next: schedule, called last in here,
   * does not return. */
  gosave(&m->g0->sched);
  m->g0->sched.pc = (uintptr)-1; /* nobody may go on there */
#ifdef GOOSARCH_windows_386
  m->seh = &seh;
#endif
  asminit();
  minit();

  if (m == &m0) {
    initsig();
  } else {
    acquirep(m->nextp);
    m->nextp = nil;
  }
  schedule();
}

void allgadd(G* gp) {
  gp->alllink = allg;
  allg = gp;
}

/* A new M with a g0, whose stack will be that of its thread. */
M* allocm(void) {
  M* mp = persistentalloc(sizeof(M));
  mp->g0 = persistentalloc(sizeof(G));
  mp->g0->m = mp;
  mp->id = sched.mcount++;
  mp->alllink = allm;
  allm = mp;
  return mp;
}

static G* gfget(void) {
  G* gp = sched.gfree;
  if (gp == nil) {
    gp = malg(StackMin);
    allgadd(gp);
  } else {
    sched.gfree = gp->schedlink;
    gp->schedlink = nil;
  }
  return gp;
}

/* A goroutine that runs fn with a copy of size bytes of arguments. */
void newproc(int32 size, FuncVal* fn, ...) {
  G* gp = gfget();
  uintptr* sp = (uintptr*)gp->stackbase - size / 4;
  memcpy(sp, (uint8*)__builtin_frame_address(0) + 16, (uint32)size);
  *--sp = (uintptr)goexit + 1;
  memclr(&gp->sched, sizeof gp->sched);
  gp->sched.sp = (uintptr)sp;
  gp->sched.pc = (uintptr)fn->fn;
  gp->sched.ctxt = fn;
  gp->sched.g = gp;
  gp->goid = ++sched.goidgen;
  gp->status = Grunnable;
  lock(&sched.lock);
  globrunqput(gp);
  unlock(&sched.lock);
}

/* goexit continuation on g0. */
static void goexit0(G* gp) {
  M* m = getm();
  gp->status = Gdead;
  gp->m = nil;
  gp->lockedm = nil;
  gp->defer = nil; /* nothing is left but what a panic dropped */
  gp->panic = nil;
  gp->param = nil;
  gp->paniconfault = false;
  gp->ispanic = false;
  gp->waitreason = nil;
  m->curg = nil;
  m->lockedg = nil;
  if (m->locked & ~(uint32)LockExternal) throw("internal lockOSThread error");
  m->locked = 0;
  unwindstack(gp, nil);
  gp->schedlink = sched.gfree;
  sched.gfree = gp;
  schedule();
}

/* The goroutine is over: its first function returned, or it called Goexit. */
void goexit1(void) {
  mcall(goexit0);
  throw("goexit1 returned");
}
