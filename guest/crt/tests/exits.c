/* How a program ends: by returning, exit, _exit, abort and a failed assertion; what is registered
 * runs in reverse order before streams are written out (C99 7.20.4). The codes are those that
 * Microsoft documents under exit, _exit, abort and assert. */
#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void first(void) {
  printf("first\n");
}
static void second(void) {
  printf("second\n");
}
static void on_fault(int number) {
  printf("signal %d\n", number);
  exit(20);
}
static void on_abort(int number) {
  printf("abort %d\n", number);
}
__attribute__((noinline)) static void fault(void) {
  *(volatile int*)16 = 1;
}

int main(int argc, char** argv) {
  const char* how = argc > 1 ? argv[1] : "return";
  atexit(first);
  atexit(second);
  if (!strcmp(how, "exit")) exit(5);
  if (!strcmp(how, "_exit")) _exit(6);
  if (!strcmp(how, "assert")) assert(how == 0);
  if (!strcmp(how, "abort")) {
    signal(SIGABRT, on_abort);
    abort();
  }
  if (!strcmp(how, "signal")) {
    signal(SIGSEGV, on_fault);
    fault();
  }
  return 4;
}
