/* operator new of programs that import the UCRT: each image has it itself. */
#include <stddef.h>

#include <exception>

extern "C" {
void* malloc(size_t bytes);
int _callnewh(size_t bytes);
}

void* operator new(size_t bytes) {
  for (;;) {
    if (void* block = malloc(bytes)) return block;
    if (!_callnewh(bytes)) throw std::bad_alloc();
  }
}
void* operator new[](size_t bytes) {
  return operator new(bytes);
}
