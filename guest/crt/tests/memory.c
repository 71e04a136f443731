/* The heap looked at, and a stack overflow survived more than once. Source: Microsoft's pages of
 * _heapwalk, _heapchk, _expand, _recalloc, _aligned_malloc, _set_new_handler and _resetstkoflw. */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "mingw/check.h"
#include "system/win32.h"

static void walking(void) {
  char* block = malloc(1234);
  _HEAPINFO info = {0, 0, 0};
  int status, found = 0, entries = 0;
  CHECK(_heapchk() == _HEAPOK);
  while ((status = _heapwalk(&info)) == _HEAPOK && entries < 10000) {
    ++entries;
    if ((char*)info._pentry == block) found = info._useflag == _USEDENTRY && info._size >= 1234;
  }
  CHECK(status == _HEAPEND && found && entries > 0);
  free(block);
  CHECK(_heapmin() == 0);
}

static void blocks(void) {
  char* block = calloc(1, 10);
  CHECK(block && _msize(block) == 10);
  memset(block, 1, 10);
  block = _recalloc(block, 2, 20);
  CHECK(block && block[9] == 1 && block[10] == 0 && block[39] == 0);
  CHECK(_expand(block, 5) == block && _msize(block) == 5);
  free(block);
  char* aligned = _aligned_malloc(100, 64);
  CHECK(aligned && (uintptr_t)aligned % 64 == 0);
  memset(aligned, 2, 100);
  aligned = _aligned_recalloc(aligned, 2, 100, 64);
  CHECK(aligned && (uintptr_t)aligned % 64 == 0 && aligned[99] == 2 && aligned[199] == 0);
  _aligned_free(aligned);
  aligned = _aligned_offset_malloc(100, 32, 4);
  CHECK(((uintptr_t)aligned + 4) % 32 == 0);
  _aligned_free(aligned);
}

static int asked;
static int no_memory(size_t bytes) {
  ++asked;
  return 0;
}
static void exhaustion(void) {
  errno = 0;
  CHECK(malloc(0xfffffff0u) == 0 && errno == ENOMEM);
  _set_new_handler(no_memory);
  CHECK(_set_new_mode(1) == 0 && malloc(0x70000000u) == 0 && asked == 1);
  CHECK(_set_new_mode(0) == 1 && malloc(0x70000000u) == 0 && asked == 1);
  _set_new_handler(0);
}

#define OVERFLOW 0xc00000fd
__attribute__((noinline)) static int deep(volatile int* depth) {
  volatile char room[2000];
  room[0] = 1;
  ++*depth;
  return *depth > 0 ? deep(depth) + room[0] : 0;
}
static int overflow(void) {
  int depth = 0;
  __try {
    return deep(&depth);
  } __except (GetExceptionCode() == OVERFLOW) {
    return 0;
  }
}
static void stack(void) {
  for (int i = 0; i < 3; ++i) {
    CHECK(overflow() == 0);
    CHECK(_resetstkoflw() != 0);
  }
}

int main(void) {
  walking();
  blocks();
  exhaustion();
  stack();
  puts(failures ? "FAIL memory" : "PASS memory");
  return failures;
}
