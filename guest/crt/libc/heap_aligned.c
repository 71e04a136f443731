/* Aligned blocks: the block of malloc that holds one is noted right before it. */
#include "crt.h"

static void** whole_block(void* block) {
  return (void**)(((uintptr_t)block & ~(sizeof(void*) - 1)) - sizeof(void*));
}

void* _aligned_offset_malloc(size_t bytes, size_t alignment, size_t offset) {
  const int power_of_two = alignment != 0 && (alignment & (alignment - 1)) == 0;
  if (!power_of_two || (offset != 0 && offset >= bytes)) {
    crt_invalid_parameter();
    return 0;
  }
  if (alignment < sizeof(void*)) alignment = sizeof(void*);
  const size_t extra = 2 * sizeof(void*) + alignment - 1;
  size_t total;
  if (__builtin_add_overflow(bytes, extra, &total)) {
    errno = ENOMEM;
    return 0;
  }
  void* whole = malloc(total);
  if (!whole) return 0;
  const uintptr_t first = (uintptr_t)whole + 2 * sizeof(void*);
  void* block = (void*)(((first + offset + alignment - 1) & ~(alignment - 1)) - offset);
  *whole_block(block) = whole;
  return block;
}

void* _aligned_malloc(size_t bytes, size_t alignment) {
  return _aligned_offset_malloc(bytes, alignment, 0);
}

void _aligned_free(void* block) {
  if (block) free(*whole_block(block));
}

size_t _aligned_msize(void* block, size_t alignment, size_t offset) {
  if (!block) {
    crt_invalid_parameter();
    return (size_t)-1;
  }
  void* whole = *whole_block(block);
  if (alignment < sizeof(void*)) alignment = sizeof(void*);
  /* What was asked for: the size of the whole block less what allocation adds to it. */
  return _msize(whole) - (2 * sizeof(void*) + alignment - 1);
}

void* _aligned_offset_realloc(void* block, size_t bytes, size_t alignment, size_t offset) {
  if (!block) return _aligned_offset_malloc(bytes, alignment, offset);
  if (bytes == 0) {
    _aligned_free(block);
    return 0;
  }
  const size_t before = _aligned_msize(block, alignment, offset);
  void* moved = _aligned_offset_malloc(bytes, alignment, offset);
  if (!moved) return 0;
  memcpy(moved, block, before < bytes ? before : bytes);
  _aligned_free(block);
  return moved;
}

void* _aligned_realloc(void* block, size_t bytes, size_t alignment) {
  return _aligned_offset_realloc(block, bytes, alignment, 0);
}

void* _aligned_offset_recalloc(void* block, size_t count, size_t size, size_t alignment,
                               size_t offset) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return 0;
  }
  const size_t before = block ? _aligned_msize(block, alignment, offset) : 0;
  char* moved = _aligned_offset_realloc(block, bytes, alignment, offset);
  if (moved && bytes > before) memset(moved + before, 0, bytes - before);
  return moved;
}
void* _aligned_recalloc(void* block, size_t count, size_t size, size_t alignment) {
  return _aligned_offset_recalloc(block, count, size, alignment, 0);
}
