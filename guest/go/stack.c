/* Goroutine stacks: memory that Windows does not know as a stack, in segments (stack.c).
 *
 * A segment, from its top: the Stktop; the frames; StackGuard bytes that no call is started in.
 * StackSystem of these are for Windows, which writes record, context and dispatcher's frames at
 * the ESP of whoever faults. C compiled by clang does not check its stack as Go's code did, so
 * segments are larger than Go's 8 KB and only calls through newstack get a new one. */
#include "go/proc.h"
#include "go/runtime.h"

typedef struct StackFreeList StackFreeList;
struct StackFreeList {
  StackFreeList* next;
};
static StackFreeList* stackcache; /* segments of StackMin bytes */
static Lock stacklock;

void* stackalloc(uintptr size) {
  StackFreeList* s = nil;
  if (size == StackMin) {
    lock(&stacklock);
    s = stackcache;
    if (s != nil) stackcache = s->next;
    unlock(&stacklock);
  }
  return s != nil ? s : SysAlloc(size);
}

void stackfree(void* stack, uintptr size) {
  StackFreeList* s = stack;
  if (size != StackMin) {
    SysFree(stack, size);
    return;
  }
  lock(&stacklock);
  s->next = stackcache;
  stackcache = s;
  unlock(&stacklock);
}

/* A new g with a stack of this many bytes. */
G* malg(uintptr stacksize) {
  G* gp = persistentalloc(sizeof(G));
  uintptr stack = (uintptr)stackalloc(stacksize);
  gp->stackguard = stack + StackGuard;
  gp->stackbase = stack + stacksize - sizeof(Stktop);
  memclr((void*)gp->stackbase, sizeof(Stktop));
  return gp;
}

/* Called on g0 by newstackcall: calls m->morefn with a copy of its arguments on top of a segment,
 * the present one if there is room. The function returns to lessstack. */
void newstack(void) {
  M* m = getm();
  G* gp = m->curg;
  uintptr argsize = m->moreargsize;
  uintptr stk, free;
  Stktop* top;
  uint8* sp;
  Gobuf label;

  if (gp->sched.sp - sizeof(Stktop) - argsize - StackSystem > gp->stackguard) {
    top = (Stktop*)(gp->sched.sp - sizeof(Stktop));
    stk = gp->stackguard - StackGuard;
    free = 0;
  } else {
    free = StackMin;
    if (argsize + 2 * StackGuard > free) throw("newstack: arguments too large");
    stk = (uintptr)stackalloc(free);
    top = (Stktop*)(stk + free - sizeof(Stktop));
  }

  top->stackbase = gp->stackbase;
  top->stackguard = gp->stackguard;
  top->gobuf = m->morebuf;
  top->argp = m->moreargp;
  top->argsize = argsize;
  top->free = free;
  /* copy flag from panic */
  top->panic = gp->ispanic;
  gp->ispanic = false;

  gp->stackbase = (uintptr)top;
  gp->stackguard = stk + StackGuard;

  sp = (uint8*)top - argsize;
  memcpy(sp, top->argp, argsize);
  sp -= sizeof(uintptr);
  *(uintptr*)sp = (uintptr)lessstack + 1;

  memclr(&label, sizeof label);
  label.sp = (uintptr)sp;
  label.pc = (uintptr)m->morefn->fn;
  label.bp = gp->sched.bp; /* newstackcall's frame */
  label.g = gp;
  label.ctxt = m->morefn;
  m->morefn = nil;
  m->moreargp = nil;
  gogo(&label);
}

/* Called on g0 by lessstack: results go back to the caller of newstackcall, the piece of stack is
 * given back. */
void oldstack(void) {
  M* m = getm();
  G* gp = m->curg;
  Stktop* top = (Stktop*)gp->stackbase;
  uintptr stk = gp->stackguard - StackGuard;
  Gobuf label = top->gobuf;

  if (top->argsize > 0) memcpy(top->argp, (uint8*)top - top->argsize, top->argsize);
  gp->stackbase = top->stackbase;
  gp->stackguard = top->stackguard;
  if (top->free != 0) stackfree((void*)stk, top->free);

  label.ret = m->cret;
  m->cret = 0;
  gogo(&label);
}

/* Frees the segments above the one that holds sp; all but the first if sp is nil. */
void unwindstack(G* gp, uint8* sp) {
  Stktop* top;
  while ((top = (Stktop*)gp->stackbase)->stackbase != 0) {
    uintptr stk = gp->stackguard - StackGuard;
    if (stk <= (uintptr)sp && (uintptr)sp < gp->stackbase) break;
    gp->stackbase = top->stackbase;
    gp->stackguard = top->stackguard;
    if (top->free != 0) stackfree((void*)stk, top->free);
  }
  if (sp != nil && ((uintptr)sp < gp->stackguard - StackGuard || gp->stackbase < (uintptr)sp)) {
    throw("bad unwindstack");
  }
}
