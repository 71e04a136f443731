#ifndef CRT_MALLOC_H
#define CRT_MALLOC_H

#include <corecrt.h>

typedef int(__cdecl* _PNH)(size_t);

typedef struct _heapinfo {
  int* _pentry;
  size_t _size;
  int _useflag;
} _HEAPINFO;

CRT_BEGIN
void* malloc(size_t bytes);
void* calloc(size_t count, size_t bytes);
void* realloc(void* block, size_t bytes);
void free(void* block);
size_t _msize(void* block);
void* _expand(void* block, size_t bytes);
void* _recalloc(void* block, size_t count, size_t bytes);
void* _aligned_malloc(size_t bytes, size_t alignment);
void* _aligned_realloc(void* block, size_t bytes, size_t alignment);
void* _aligned_offset_malloc(size_t bytes, size_t alignment, size_t offset);
void _aligned_free(void* block);
size_t _aligned_msize(void* block, size_t alignment, size_t offset);
int _callnewh(size_t bytes);
_PNH _set_new_handler(_PNH handler);
int _set_new_mode(int mode);
int _query_new_mode(void);
int _heapchk(void);
int _heapmin(void);
int _heapwalk(_HEAPINFO* info);
int _resetstkoflw(void);
void* _aligned_recalloc(void* block, size_t count, size_t size, size_t alignment);
intptr_t _get_heap_handle(void);
CRT_END

#define _alloca(bytes) __builtin_alloca(bytes)
#define alloca(bytes) __builtin_alloca(bytes)
#define _HEAPEMPTY (-1)
#define _HEAPOK (-2)
#define _HEAPBADBEGIN (-3)
#define _HEAPBADNODE (-4)
#define _HEAPEND (-5)
#define _HEAPBADPTR (-6)
#define _FREEENTRY 0
#define _USEDENTRY 1

#endif
