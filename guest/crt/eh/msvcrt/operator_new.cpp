/* operator new and operator delete over malloc and the new handlers. Microsoft documents that
 * msvcrt's new returns 0 in old versions; since Visual C++ 2005's it throws bad_alloc. */
#include <stddef.h>

#include "crt/eh/std_classes.hpp"

extern "C" {
void* malloc(size_t bytes);
void free(void* block);
int _callnewh(size_t bytes);
}

void* operator new(size_t bytes) {
  for (;;) {
    if (void* block = malloc(bytes)) return block;
    if (!_callnewh(bytes)) throw bad_alloc();
  }
}
void* operator new[](size_t bytes) {
  return operator new(bytes);
}
void operator delete(void* block) noexcept {
  free(block);
}
void operator delete[](void* block) noexcept {
  free(block);
}
