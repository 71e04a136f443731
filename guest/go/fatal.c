/* The ends of a process that is not well: throw, and a panic that nobody recovered (panic.c,
 * proc.c). Exit code 2. */
#include "go/runtime.h"

static const char* statusname(G* gp) {
  switch (gp->status) {
    case Grunnable:
      return "runnable";
    case Grunning:
      return "running";
    case Gsyscall:
      return "syscall";
    case Gwaiting:
      return gp->waitreason;
  }
  return "idle";
}

/* Who was running, then the others: there are no symbols here to say where. */
static NORETURN void dopanic(void) {
  M* m = getm();
  G* running = getg() == m->g0 ? m->curg : getg();
  G* gp;
  Panic* p = running != nil ? running->panic : nil;
  if (p != nil && running->sig != 0) {
    printf("[signal %#x code=%#x addr=%#x pc=%#x]\n", running->sig, running->sigcode0,
           running->sigcode1, running->sigpc);
  }
  if (running != nil) printf("\ngoroutine %d [running]:\n", running->goid);
  for (gp = allg; gp != nil; gp = gp->alllink) {
    bool borrowed = gp->lockedm != nil && gp->lockedm->curg == gp && gp->lockedm->seh == nil;
    if (gp == running || gp->status == Gdead || borrowed) continue;
    printf("\ngoroutine %d [%s]:\n", gp->goid, statusname(gp));
  }
  exit(2);
}

void throw(const char* message) {
  printf("fatal error: %s\n", message);
  dopanic();
}

static void printany(Eface e) {
  if (streq(e.type, "runtime.Error")) {
    printf("runtime error: %s", (const char*)e.data);
  } else if (streq(e.type, "string")) {
    printf("%s", (const char*)e.data);
  } else {
    printf("(%s) %d", e.type, e.data);
  }
}

/* The panics that led here, the first one first. */
static void printpanics(Panic* p) {
  if (p->link != nil) {
    printpanics(p->link);
    printf("\t");
  }
  printf("panic: ");
  printany(p->arg);
  if (p->recovered) printf(" [recovered]");
  printf("\n");
}

void startpanic_exit(Panic* p) {
  if (p != nil) printpanics(p);
  dopanic();
}

void badmcall(void) {
  throw("runtime: mcall called on m->g0 stack");
}
void badmcall2(void) {
  throw("runtime: mcall function returned");
}
