/* A calculator of orders, a byte each, in groups that each catch what goes wrong in them:
 *
 *   ( )  a group in a group    z  the divisor is 0 from now on    d  divides    1 to 9  adds
 *
 * Its planted bug: when a division fails in the fourth group, the filter takes the group's own
 * record off the chain, "so that it is not asked again". Then the group says that it takes the
 * exception, and the system cannot unwind to a record that is not there. It takes "(((zd". */
#include <stdint.h>

#include "system/win32.h"

#define NOINLINE __attribute__((noinline))

struct reader {
  const uint8_t *at, *end;
  int depth, value, divisor, failed;
};

struct record {
  struct record* next;
  void* handler;
};

enum { kDivideByZero = (int)0xc0000094 }; /* STATUS_INTEGER_DIVIDE_BY_ZERO */

static int initialized;

/* fs:[0] is the record that guards the filter's own call; the next one is the group's. */
static void forget_group(void) {
  struct record* guard = (struct record*)teb_read(0);
  guard->next = guard->next->next;
}

NOINLINE static int takes(struct reader* r, int code) {
  if (code != kDivideByZero) return EXCEPTION_CONTINUE_SEARCH;
  if (r->depth == 4) forget_group();
  return EXCEPTION_EXECUTE_HANDLER;
}

static void group(struct reader* r);

NOINLINE static void order(struct reader* r, uint8_t what) {
  switch (what) {
    case '(':
      group(r);
      break;
    case 'z':
      r->divisor = 0;
      break;
    case 'd':
      r->value /= *(volatile int*)&r->divisor;
      break;
    default:
      if (what >= '1' && what <= '9') r->value += what - '0';
  }
}

NOINLINE static void group(struct reader* r) {
  const int depth = ++r->depth;
  __try {
    while (r->at != r->end && *r->at != ')') order(r, *r->at++);
    if (r->at != r->end) ++r->at;
  } __except (takes(r, (int)GetExceptionCode())) {
    r->divisor = 1;
    ++r->failed;
  }
  r->depth = depth - 1;
}

int LLVMFuzzerInitialize(int* count, char*** arguments) {
  initialized = *count == 1 && (*arguments)[0] != 0 && (*arguments)[1] == 0;
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t* data, SIZE_T size) {
  if (!initialized) return 1;
  if (size == 0 || size > 64) return -1; /* not worth keeping */
  struct reader reader = {data, data + size, 0, 0, 1, 0};
  group(&reader);
  return 0;
}
