// bench_cxx_throws [N]: N exceptions (100,000), each thrown through a frame with an object to
// destroy and caught by reference; for tests/bench. Exit code 0 when all were caught.
#include <stdio.h>
#include <stdlib.h>

static volatile int alive;

struct Counted {
  Counted() { ++alive; }
  Counted(const Counted&) = delete;
  ~Counted() { --alive; }
};

__attribute__((noinline)) static void thrower(int value) {
  const Counted counted;
  throw value;
}

int main(int argc, char** argv) {
  const int wanted = argc > 1 ? atoi(argv[1]) : 100000;
  int caught = 0;
  for (int i = 0; i < wanted; ++i) {
    try {
      thrower(i);
    } catch (const int& value) {
      caught += value == i;
    }
  }
  printf("%d of %d\n", caught, wanted);
  return caught == wanted && alive == 0 ? 0 : 1;
}
