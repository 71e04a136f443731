/* Ms for threads that Go did not create (proc.c: needm, dropm, newextram). */
#include "go/proc.h"
#include "go/runtime.h"

static Lock extralock;
static M* extram;
volatile uint32 needextram;

/* An M and a goroutine for a callback on a foreign thread, made before anyone needs them: on such
 * a thread there is no m to allocate with. */
void newextram(void) {
  M* mp = allocm();
  G* gp = malg(StackMin);
  gp->sched.pc = (uintptr)goexit + 1;
  gp->sched.sp = gp->stackbase;
  gp->sched.g = gp;
  gp->goid = ++sched.goidgen;
  gp->status = Gsyscall;
  mp->curg = gp;
  mp->locked = LockInternal;
  mp->lockedg = gp;
  gp->lockedm = mp;
  gp->m = mp;
  allgadd(gp);
  lock(&extralock);
  mp->schedlink = extram;
  extram = mp;
  unlock(&extralock);
}

/* Borrows an M for this thread, which has none. x lies at the lowest word of cgocallback_gofunc's
 * frame. No lock of Go's may sleep here: there is no m to sleep with. */
void needm(uint32 x) {
  uintptr* frame = (uintptr*)__builtin_frame_address(0) + 2; /* &x */
  M* mp;
  G* gp;
  lock(&extralock);
  mp = extram;
  if (mp == nil) throw("needm: no extra m");
  extram = mp->schedlink;
  mp->needextram = extram == nil;
  mp->schedlink = nil;
  unlock(&extralock);

  setmg(mp, mp->g0);
  gp = mp->g0;
  gp->stackbase = (uintptr)frame + 1024;
  gp->stackguard = (uintptr)frame - 32 * 1024;

#ifdef GOOSARCH_windows_386
  /* No mstart runs on this thread, so its frame cannot hold the record. Two words of the frame of
   * cgocallback_gofunc, which calls this, are kept free for it, above x. */
  mp->seh = (SEH*)(frame + 1);
#endif

  asminit();
  minit();
  lock(&sched.lock);
  sched.nsyscall++; /* exitsyscall follows */
  unlock(&sched.lock);
}

/* Gives the M back: the callback on the foreign thread is over. */
void dropm(void) {
  M* mp = getm();
  lock(&sched.lock);
  sched.nsyscall--;
  if (mp->p != nil) { /* entersyscall left it here unused */
    P* p = mp->p;
    mp->p = nil;
    handoffp_locked(p);
  }
  unlock(&sched.lock);

  unminit(); /* takes the record off the chain */
#ifdef GOOSARCH_windows_386
  mp->seh = nil; /* its memory is a frame that ends now */
#endif
  mp->g0->sched.sp = 0; /* the thread's stack is no root any more */
  setmg(nil, nil);
  lock(&extralock);
  mp->schedlink = extram;
  extram = mp;
  unlock(&extralock);
}
