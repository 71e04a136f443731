/* SIGSEGV's handler is called for a fault, and raise calls handlers once. Source: Microsoft,
 * "signal", "raise". */
#include <signal.h>
#include <stdlib.h>

#include "check.h"

static volatile int seen;

static void on_interrupt(int number) {
  seen += number;
}

static void on_fault(int number) {
  printf("signal %d\n", number);
  fflush(stdout);
  _exit(number == SIGSEGV ? failures : 99);
}

int main(void) {
  CHECK(signal(SIGINT, on_interrupt) == SIG_DFL);
  CHECK(raise(SIGINT) == 0 && seen == SIGINT);
  CHECK(signal(SIGINT, SIG_IGN) == SIG_DFL); /* reset when it was called */
  CHECK(raise(SIGINT) == 0 && seen == SIGINT);
  CHECK(signal(99, on_interrupt) == SIG_ERR);
  signal(SIGSEGV, on_fault);
  *(volatile int*)16 = 1;
  return 98;
}
