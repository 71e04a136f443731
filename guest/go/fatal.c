/* The ends of a process that is not well: throw, and a panic that nobody recovered (panic.c,
 * proc.c). Exit code 2. */
#include "go/runtime.h"

static NORETURN void dopanic(void) {
  G* gp = getg();
  M* m = getm();
  if (gp == m->g0 && m->curg != nil) gp = m->curg;
  if (gp != m->g0) printf("\ngoroutine %d [running]:\n", gp->goid);
  exit(2);
}

void throw(const char* message) {
  printf("fatal error: %s\n", message);
  dopanic();
}

static void printany(Eface e) {
  if (streq(e.type, "string") || streq(e.type, "runtime.Error")) {
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
