/* The heap: small objects by size from free lists, large ones as runs of pages (malloc.goc,
 * mheap.c). Used with the P only, so without a lock. */
#include "go/malloc.h"

MHeap mheap;

void mallocinit(void) {
  mheap.arena = SysAlloc(ArenaPages * PageSize);
  mheap.next_gc = MinHeap;
}

uintptr objectsize(Span* s) {
  return s->state == SpanLarge ? s->npages * PageSize : (uintptr)MinObject << s->sizeclass;
}

uint8* objectbase(Span* s, uint32 index) {
  return mheap.arena + (uintptr)(s - mheap.spans) * PageSize + index * objectsize(s);
}

Span* lookup(uintptr address, uint32* index) {
  uintptr offset = address - (uintptr)mheap.arena;
  Span* s;
  if (offset >= ArenaPages * PageSize) return nil;
  s = &mheap.spans[offset / PageSize];
  while (s->state == SpanLargeRest) s--;
  if (s->state == SpanFree) return nil;
  *index = s->state == SpanLarge ? 0 : offset % PageSize / objectsize(s);
  return s->allocated[*index] ? s : nil;
}

/* A run of free pages, as one span; nil: there is none. */
static Span* allocspan(uint32 npages, uint8 state) {
  uint32 i, run = 0;
  for (i = 0; i < ArenaPages; i++) {
    run = mheap.spans[i].state == SpanFree ? run + 1 : 0;
    if (run == npages) {
      Span* s = &mheap.spans[i + 1 - npages];
      memclr(s, npages * sizeof(Span));
      for (i = 1; i < npages; i++) s[i].state = SpanLargeRest;
      s->state = state;
      s->npages = npages;
      return s;
    }
  }
  return nil;
}

static uint8 sizeclass(uintptr n) {
  uint8 sc = 0;
  while (((uintptr)MinObject << sc) < n) sc++;
  return sc;
}

/* Cuts a new page into objects of one size. */
static bool growsmall(uint8 sc) {
  uint32 i;
  Span* s = allocspan(1, SpanSmall);
  if (s == nil) return false;
  s->sizeclass = sc;
  for (i = PageSize / objectsize(s); i-- > 0;) {
    FreeObject* f = (FreeObject*)objectbase(s, i);
    f->next = mheap.free[sc];
    mheap.free[sc] = f;
  }
  return true;
}

static uint8* allocsmall(uint8 sc) {
  FreeObject* f = mheap.free[sc];
  uintptr offset;
  Span* s;
  if (f == nil) {
    if (!growsmall(sc)) return nil;
    f = mheap.free[sc];
  }
  mheap.free[sc] = f->next;
  offset = (uintptr)f - (uintptr)mheap.arena;
  s = &mheap.spans[offset / PageSize];
  s->allocated[offset % PageSize / objectsize(s)] = 1;
  mheap.heap_alloc += objectsize(s);
  return (uint8*)f;
}

static uint8* alloclarge(uintptr n) {
  Span* s = allocspan((n + PageSize - 1) / PageSize, SpanLarge);
  if (s == nil) return nil;
  s->allocated[0] = 1;
  mheap.heap_alloc += objectsize(s);
  return objectbase(s, 0);
}

static uint8* alloc(uintptr n) {
  return n <= MaxSmall ? allocsmall(sizeclass(n)) : alloclarge(n);
}

/* n zeroed bytes. */
void* mal(uintptr n) {
  uint8* v;
  if (mheap.heap_alloc >= mheap.next_gc) gc();
  v = alloc(n);
  if (v == nil) {
    gc();
    v = alloc(n);
  }
  if (v == nil) throw("runtime: out of memory");
  memclr(v, n);
  return v;
}

void freeobject(Span* s, uint32 index) {
  uint32 i;
  s->allocated[index] = 0;
  mheap.heap_alloc -= objectsize(s);
  if (s->state == SpanSmall) {
    FreeObject* f = (FreeObject*)objectbase(s, index);
    f->next = mheap.free[s->sizeclass];
    mheap.free[s->sizeclass] = f;
    return;
  }
  for (i = s->npages; i-- > 0;) s[i].state = SpanFree;
}

/* Frees an object before the collector would. */
void gofree(void* v) {
  uint32 index;
  Span* s = lookup((uintptr)v, &index);
  if (s == nil || objectbase(s, index) != v) throw("free: invalid pointer");
  freeobject(s, index);
}

/* Memory that is never freed: Ms, Gs, callbacks. */
void* persistentalloc(uintptr n) {
  static uint8* chunk;
  static uintptr left;
  static Lock persistent;
  uint8* v;
  enum { Chunk = 64 * 1024 };
  n = (n + 15) & ~(uintptr)15;
  if (n > Chunk) throw("persistentalloc: too large");
  lock(&persistent);
  if (left < n) {
    chunk = SysAlloc(Chunk);
    left = Chunk;
  }
  v = chunk;
  chunk += n;
  left -= n;
  unlock(&persistent);
  return v;
}
