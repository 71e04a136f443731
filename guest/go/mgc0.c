/* The collector: mark from the roots, sweep the rest (mgc0.c). Conservative: every word that looks
 * like the address of an object keeps it.
 *
 * Roots are the program's writable sections, every G and M, every goroutine's stack, and of each
 * thread's own stack the part that is in use under callbacks: from g0->sched.sp up. There the C
 * functions between two pieces of Go may hold the only reference to an object. */
#include "go/malloc.h"
#include "go/proc.h"

static uintptr* workstack[ArenaPages * MaxObjects / 64]; /* objects to scan */
static uint32 nwork;
static bool overflowed;

static void markword(uintptr word) {
  uint32 index;
  Span* s = lookup(word, &index);
  if (s == nil || s->marked[index]) return;
  s->marked[index] = 1;
  if (nwork == nelem(workstack)) {
    overflowed = true; /* found again by rescan */
    return;
  }
  workstack[nwork++] = (uintptr*)objectbase(s, index);
}

static void drain(void) {
  while (nwork > 0) {
    uintptr* object = workstack[--nwork];
    uint32 index, i;
    Span* s = lookup((uintptr)object, &index);
    uintptr words = objectsize(s) / sizeof(uintptr);
    for (i = 0; i < words; i++) markword(object[i]);
  }
}

static void scanblock(uintptr from, uintptr to) {
  uintptr* p = (uintptr*)((from + 3) & ~(uintptr)3);
  for (; (uintptr)(p + 1) <= to; p++) {
    markword(*p);
    drain();
  }
}

/* The work stack was full at times: scan every marked object again until nothing new appears. */
static void rescan(void) {
  uint32 i, j;
  while (overflowed) {
    overflowed = false;
    for (i = 0; i < ArenaPages; i++) {
      Span* s = &mheap.spans[i];
      if (s->state != SpanSmall && s->state != SpanLarge) continue;
      for (j = 0; j < MaxObjects; j++) {
        uintptr base = (uintptr)objectbase(s, j);
        if (s->allocated[j] && s->marked[j]) scanblock(base, base + objectsize(s));
      }
    }
  }
}

/* The writable sections of this image, from its own headers. */
static void scandata(void) {
  extern uint8 __ImageBase[];
  uint8* nt = __ImageBase + *(uint32*)(__ImageBase + 0x3c);
  uint32 n = *(uint16_t*)(nt + 6), i;
  uint8* section = nt + 24 + *(uint16_t*)(nt + 20);
  for (i = 0; i < n; i++, section += 40) {
    uintptr start = (uintptr)__ImageBase + *(uint32*)(section + 12);
    uintptr size = *(uint32*)(section + 8);
    if ((*(uint32*)(section + 36) & 0x80000000u) == 0) continue; /* IMAGE_SCN_MEM_WRITE */
    scanblock(start, start + size);
  }
}

/* A goroutine's segments, from where it stopped: each Stktop says how far the one above is used. */
static void scanstack(G* gp) {
  uintptr sp = gp->sched.sp;
  uintptr base = gp->stackbase;
  for (;;) {
    Stktop* top = (Stktop*)base;
    scanblock(sp, base + sizeof(Stktop));
    if (top->stackbase == 0) return;
    sp = top->gobuf.sp;
    base = top->stackbase;
  }
}

static void scanroots(void) {
  G* gp;
  M* mp;
  scandata();
  for (gp = allg; gp != nil; gp = gp->alllink) {
    scanblock((uintptr)gp, (uintptr)(gp + 1));
    if (gp->status != Gdead) scanstack(gp);
  }
  for (mp = allm; mp != nil; mp = mp->alllink) {
    scanblock((uintptr)mp, (uintptr)(mp + 1));
    if (mp->g0->sched.sp != 0) scanblock(mp->g0->sched.sp, mp->g0->stackbase);
  }
}

static void sweep(void) {
  uint32 i, j;
  for (i = 0; i < ArenaPages; i++) {
    Span* s = &mheap.spans[i];
    if (s->state != SpanSmall && s->state != SpanLarge) continue;
    for (j = 0; j < MaxObjects; j++) {
      if (s->allocated[j] && !s->marked[j]) {
        mheap.nfree++;
        freeobject(s, j);
      }
    }
  }
}

/* On g0: the goroutine that collects is stopped like the others, its registers in its sched. */
static void mgc(G* gp) {
  uint32 i;
  for (i = 0; i < ArenaPages; i++) {
    memclr(mheap.spans[i].marked, sizeof mheap.spans[i].marked);
  }
  scanroots();
  rescan();
  sweep();
  mheap.next_gc = 2 * mheap.heap_alloc; /* GOGC=100 */
  if (mheap.next_gc < MinHeap) mheap.next_gc = MinHeap;
  gogo(&gp->sched);
}

NOINLINE void gc(void) {
  mcall(mgc);
}
