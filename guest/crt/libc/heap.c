/* malloc and its kin over the process heap. A request for no bytes gets a block of its own. */
#include "crt.h"

static _PNH new_handler;
static int new_mode;

#define HEAP_MAXIMUM 0xffffffe0u /* _HEAP_MAXREQ */

static void* out_of_memory(void) {
  errno = ENOMEM;
  return 0;
}

/* _set_new_mode(1): malloc asks the new handler, too. */
static int ask_new_handler(size_t bytes) {
  return new_mode && _callnewh(bytes);
}

static void* allocate(DWORD flags, size_t bytes) {
  if (bytes > HEAP_MAXIMUM) return out_of_memory();
  for (;;) {
    void* block = HeapAlloc(GetProcessHeap(), flags, bytes ? bytes : 1);
    if (block) return block;
    if (!ask_new_handler(bytes)) return out_of_memory();
  }
}

void* malloc(size_t bytes) {
  return allocate(0, bytes);
}
void* _malloc_base(size_t bytes) {
  return malloc(bytes);
}

void* calloc(size_t count, size_t bytes) {
  size_t product;
  if (__builtin_mul_overflow(count, bytes, &product)) return out_of_memory();
  return allocate(HEAP_ZERO_MEMORY, product);
}
void* _calloc_base(size_t count, size_t bytes) {
  return calloc(count, bytes);
}

void free(void* block) {
  if (block) HeapFree(GetProcessHeap(), 0, block);
}
void _free_base(void* block) {
  free(block);
}

/* realloc(block, 0) frees (documented for the UCRT and for msvcrt). */
void* realloc(void* block, size_t bytes) {
  if (!block) return malloc(bytes);
  if (bytes == 0) {
    free(block);
    return 0;
  }
  if (bytes > HEAP_MAXIMUM) return out_of_memory();
  for (;;) {
    void* moved = HeapReAlloc(GetProcessHeap(), 0, block, bytes);
    if (moved) return moved;
    if (!ask_new_handler(bytes)) return out_of_memory();
  }
}
void* _realloc_base(void* block, size_t bytes) {
  return realloc(block, bytes);
}

size_t _msize(void* block) {
  if (!block) {
    crt_invalid_parameter();
    return (size_t)-1;
  }
  return HeapSize(GetProcessHeap(), 0, block);
}

void* _expand(void* block, size_t bytes) {
  if (!block) {
    crt_invalid_parameter();
    return 0;
  }
  if (bytes > HEAP_MAXIMUM) return out_of_memory();
  void* grown = HeapReAlloc(GetProcessHeap(), HEAP_REALLOC_IN_PLACE_ONLY, block, bytes ? bytes : 1);
  return grown ? grown : out_of_memory();
}

void* _recalloc(void* block, size_t count, size_t bytes) {
  size_t product;
  if (__builtin_mul_overflow(count, bytes, &product)) return out_of_memory();
  const size_t before = block ? _msize(block) : 0;
  unsigned char* moved = realloc(block, product);
  if (moved && product > before) memset(moved + before, 0, product - before);
  return moved;
}

intptr_t _get_heap_handle(void) {
  return (intptr_t)GetProcessHeap();
}

int _callnewh(size_t bytes) {
  return new_handler && new_handler(bytes);
}

_PNH _set_new_handler(_PNH handler) {
  const _PNH before = new_handler;
  new_handler = handler;
  return before;
}
_PNH _query_new_handler(void) {
  return new_handler;
}

int _set_new_mode(int mode) {
  if (mode != 0 && mode != 1) {
    crt_invalid_parameter();
    return -1;
  }
  const int before = new_mode;
  new_mode = mode;
  return before;
}
int _query_new_mode(void) {
  return new_mode;
}
