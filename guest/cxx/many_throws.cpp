// Two thousand exceptions through three frames leave neither stack nor chain nor objects behind.
#include "cxx/object.hpp"

static unsigned stack_pointer() {
  unsigned esp;
  __asm__ volatile("movl %%esp, %0" : "=r"(esp));
  return esp;
}

NOINLINE static void deep(int depth, int value) {
  Counted counted(value);
  if (!depth) throw Counted(value);
  deep(depth - 1, value);
}

PROGRAM {
  volatile unsigned first = 0, different = 0, wrong = 0;
  for (int i = 0; i < 2000; ++i) {
    try {
      deep(3, i);
    } catch (const Counted& caught) {
      if (caught.value != i) ++wrong;
    }
    if (!first) first = stack_pointer();
    if (first != stack_pointer()) ++different;
  }
  CHECK(different == 0 && wrong == 0 && Counted::alive == 0);
}
