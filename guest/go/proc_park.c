/* Who runs next: the run queue, parking, and handing the P from one M to another (proc.c).
 *
 * There is one P, as with Go's default GOMAXPROCS=1, so one M at a time runs Go code. An M
 * without the P is in C, sleeps as idle, or waits with a locked goroutine for that to be ready. */
#include "go/proc.h"
#include "go/runtime.h"

void globrunqput(G* gp) {
  gp->schedlink = nil;
  if (sched.runqtail != nil) {
    sched.runqtail->schedlink = gp;
  } else {
    sched.runqhead = gp;
  }
  sched.runqtail = gp;
}

G* globrunqget(void) {
  G* gp = sched.runqhead;
  if (gp == nil) return nil;
  sched.runqhead = gp->schedlink;
  if (sched.runqhead == nil) sched.runqtail = nil;
  gp->schedlink = nil;
  return gp;
}

void acquirep(P* p) {
  M* m = getm();
  if (m->p != nil || p == nil) throw("acquirep: already in go");
  m->p = p;
  p->m = m;
  p->status = Prunning;
}

P* releasep(void) {
  M* m = getm();
  P* p = m->p;
  if (p == nil || p->m != m || p->status != Prunning) throw("releasep: invalid p state");
  m->p = nil;
  p->m = nil;
  p->status = Pidle;
  return p;
}

/* Some M to run the P: an idle one, or a new thread. */
void startm_locked(P* p) {
  M* mp = sched.midle;
  p->status = Prunning; /* promised to mp */
  if (mp != nil) {
    sched.midle = mp->schedlink;
    mp->schedlink = nil;
    mp->nextp = p;
    notewakeup(&mp->park);
    return;
  }
  mp = allocm();
  mp->nextp = p;
  newosproc(mp);
}

/* The P is free: to another M if there is work, else idle. */
void handoffp_locked(P* p) {
  p->m = nil;
  p->status = Pidle;
  if (sched.runqhead != nil) startm_locked(p);
}

/* Sleeps until there is a P for this M. */
void stopm(void) {
  M* m = getm();
  if (m->p != nil) throw("stopm holding p");
  lock(&sched.lock);
  m->schedlink = sched.midle;
  sched.midle = m;
  unlock(&sched.lock);
  notesleep(&m->park);
  noteclear(&m->park);
  acquirep(m->nextp);
  m->nextp = nil;
}

/* Sleeps until somebody hands over the P for the goroutine that this M is locked to. */
void stoplockedm(void) {
  M* m = getm();
  if (m->lockedg == nil || m->lockedg->lockedm != m) throw("stoplockedm: inconsistent locking");
  if (m->p != nil) {
    P* p = releasep();
    lock(&sched.lock);
    if (sched.runqhead == nil && sched.nsyscall == 0) {
      throw("all goroutines are asleep - deadlock!");
    }
    handoffp_locked(p);
    unlock(&sched.lock);
  }
  notesleep(&m->park);
  noteclear(&m->park);
  acquirep(m->nextp);
  m->nextp = nil;
}

/* Hands this M's P to the M that gp is locked to. */
void startlockedm(G* gp) {
  M* mp = gp->lockedm;
  P* p;
  if (mp == getm()) throw("startlockedm: locked to me");
  if (mp->nextp != nil) throw("startlockedm: m has p");
  p = releasep();
  p->status = Prunning; /* promised to mp */
  mp->nextp = p;
  notewakeup(&mp->park);
  stopm();
}

/* Runs gp on this M. Never returns. */
void execute(G* gp) {
  M* m = getm();
  if (gp->status != Grunnable) throw("execute: bad g status");
  gp->status = Grunning;
  m->curg = gp;
  gp->m = m;
  gogo(&gp->sched);
}

/* A goroutine to run; sleeps until there is one. */
static G* findrunnable(void) {
  for (;;) {
    G* gp;
    lock(&sched.lock);
    gp = globrunqget();
    if (gp != nil) {
      unlock(&sched.lock);
      return gp;
    }
    if (sched.nsyscall == 0) throw("all goroutines are asleep - deadlock!");
    releasep();
    unlock(&sched.lock);
    stopm();
  }
}

/* On g0: whichever goroutine is next goes on, on this M or on that which it is locked to. */
void schedule(void) {
  M* m = getm();
  if (m->lockedg != nil) {
    stoplockedm();
    execute(m->lockedg); /* never returns */
  }
  for (;;) {
    G* gp = findrunnable();
    if (gp->lockedm == nil) execute(gp);
    startlockedm(gp); /* the P goes there; sleep until one comes */
  }
}

static void park0(G* gp) {
  M* m = getm();
  gp->status = Gwaiting;
  gp->m = nil;
  m->curg = nil;
  if (m->waitunlockf != nil) {
    bool wait = m->waitunlockf(gp, m->waitlock);
    m->waitunlockf = nil;
    m->waitlock = nil;
    if (!wait) {
      gp->status = Grunnable;
      execute(gp); /* it need not wait after all */
    }
  }
  schedule();
}

/* The goroutine sleeps. unlockf, called on g0 when it does, may say no. */
void park(bool (*unlockf)(G*, void*), void* lock, const char* reason) {
  M* m = getm();
  m->waitunlockf = unlockf;
  m->waitlock = lock;
  getg()->waitreason = reason;
  mcall(park0);
}

/* Marks gp ready to run. The caller has the P and will come to schedule. */
void ready(G* gp) {
  if (gp->status != Gwaiting) throw("bad g->status in ready");
  gp->status = Grunnable;
  lock(&sched.lock);
  globrunqput(gp);
  unlock(&sched.lock);
}

static void gosched0(G* gp) {
  M* m = getm();
  gp->status = Grunnable;
  gp->m = nil;
  m->curg = nil;
  lock(&sched.lock);
  globrunqput(gp);
  unlock(&sched.lock);
  schedule();
}

void Gosched(void) {
  mcall(gosched0);
}
