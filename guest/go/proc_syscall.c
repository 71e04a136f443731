/* A goroutine leaves Go for C and comes back (proc.c: entersyscall, exitsyscall). */
#include "go/proc.h"
#include "go/runtime.h"

/* On the way into C. The P stays with this M if nobody else has use for it:
 * whoever wants to run Go code may take it (Go left that to sysmon). */
NOINLINE void entersyscall(void) {
  M* m = getm();
  P* p = m->p;
  getg()->status = Gsyscall;
  lock(&sched.lock);
  sched.nsyscall++;
  p->status = Psyscall;
  if (sched.runqhead != nil) {
    m->p = nil;
    handoffp_locked(p);
  }
  unlock(&sched.lock);
}

/* Takes the P if no M runs Go code with it; sched.lock is held. */
static bool takep_locked(M* m) {
  P* p = &allp;
  if (p->status == Prunning) return false;
  if (p->status == Psyscall && p->m != m) {
    p->m->p = nil; /* from an M that is in C and left it unused */
  }
  p->status = Prunning;
  p->m = m;
  m->p = p;
  return true;
}

/* exitsyscall's slow path, on g0: no P to be had. */
static void exitsyscall0(G* gp) {
  M* m = getm();
  bool have;
  gp->status = Grunnable;
  gp->m = nil;
  m->curg = nil;
  lock(&sched.lock);
  have = takep_locked(m);
  if (!have) globrunqput(gp);
  unlock(&sched.lock);
  if (have) execute(gp); /* never returns */
  if (m->lockedg != nil) {
    /* wait until another M schedules gp and so m */
    stoplockedm();
    execute(gp); /* never returns */
  }
  stopm();
  schedule();
}

/* Back from C: returns when this goroutine has the P and may run Go code again. */
NOINLINE void exitsyscall(void) {
  bool have;
  lock(&sched.lock);
  sched.nsyscall--;
  have = takep_locked(getm());
  unlock(&sched.lock);
  if (have) {
    getg()->status = Grunning;
    return;
  }
  mcall(exitsyscall0);
}
