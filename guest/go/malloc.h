/* The heap's layout, as the allocator and the collector share it. */
#ifndef GO_MALLOC_H
#define GO_MALLOC_H

#include "go/runtime.h"

/* One arena of pages. A page holds objects of one size, or belongs to one large object. */
enum {
  PageSize = 4096,
  ArenaPages = 256,
  SmallSizes = 7, /* 16, 32, ... 1024 */
  MaxSmall = 1024,
  MinObject = 16,
  MaxObjects = PageSize / MinObject,
  MinHeap = ArenaPages * PageSize / 4, /* no collection before the heap is this large */
};

enum { SpanFree, SpanSmall, SpanLarge, SpanLargeRest };

typedef struct Span Span;
struct Span {
  uint8 state;
  uint8 sizeclass;
  uint32 npages;               /* of a large object, in its first page's span */
  uint8 allocated[MaxObjects]; /* per object: is it in use? */
  uint8 marked[MaxObjects];    /* and reached by the collection that runs? */
};

typedef struct FreeObject FreeObject;
struct FreeObject {
  FreeObject* next;
};

typedef struct MHeap MHeap;
struct MHeap {
  uint8* arena;
  Span spans[ArenaPages];
  FreeObject* free[SmallSizes];
  uint32 nfree;      /* objects that collections have reclaimed */
  uint32 heap_alloc; /* bytes in use */
  uint32 next_gc;    /* collect when there are that many */
};
extern MHeap mheap;

/* The object that an address points into, as its span and its index there; nil: none. */
Span* lookup(uintptr address, uint32* index);
uint8* objectbase(Span* s, uint32 index);
uintptr objectsize(Span* s);
void freeobject(Span* s, uint32 index);

#endif
