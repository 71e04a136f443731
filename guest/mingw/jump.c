/* setjmp and longjmp of msvcrt from code without SEH tables: back through frames, the value (0
 * becomes 1), again and again. Source: C89 7.6. */
#include <setjmp.h>

#include "check.h"

static jmp_buf place;
static int calls;

static __attribute__((noinline)) void deeper(int depth, int value) {
  volatile char frame[64];
  frame[0] = (char)depth;
  if (++calls > 1000) return;
  if (depth == 0) longjmp(place, value);
  deeper(depth - 1, value);
  CHECK(frame[0] != (char)depth); /* not reached */
}

int main(void) {
  volatile int jumps = 0, seen = 0;
  const int value = setjmp(place);
  if (value) {
    ++jumps;
    seen += value;
  }
  if (jumps < 5) deeper(10, jumps);
  CHECK(calls == 5 * 11);
  CHECK(jumps == 5 && seen == 1 + 1 + 2 + 3 + 4);
  puts(failures ? "FAIL jump" : "PASS jump");
  return failures;
}
