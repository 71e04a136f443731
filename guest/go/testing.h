/* A Go test binary's testing package: tests by name, and what a test may say. */
#ifndef GO_TESTING_H
#define GO_TESTING_H

#include "go/runtime.h"

typedef struct T T;
struct T {
  const char* name;
  bool failed;
  bool finished;
  Hchan* signal;
  char output[512];
  uint32 noutput;
};

typedef struct InternalTest InternalTest;
struct InternalTest {
  const char* name;
  void (*f)(T*);
  bool onlynamed; /* not among all: it ends the process */
};

/* t.Errorf: the test failed and goes on. t.Fatalf: it ends here, running what it deferred. */
void T_Errorf(T* t, const char* format, ...);
NORETURN void T_Fatalf(T* t, const char* format, ...);

/* -panics=N: how many panics TestCallbackPanicLoop makes; 100,000 unless given. */
extern uint32 testpanics;

void main_main(void);

#endif
