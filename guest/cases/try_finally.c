/* Nested __try frames as the compiler lays them: the order in which filters, __finally blocks and
 * handlers run, exceptions out of a filter, out of a handler and out of a __finally (a collided
 * unwind: the blocks that were still to run do run). The order is that of Microsoft's language
 * reference: filters innermost first with all frames still there, then __finally blocks from the
 * inside out, then the handler. Runs the same under Wine 8.0. */
#include "cases/say.h"

#define FIRST 0xe0000011
#define SECOND 0xe0000012

int failures;
static char steps[64];
static int step_count;

static void step(char what) {
  if (step_count < (int)sizeof steps - 1) steps[step_count++] = what;
}

static int same(const char* left, const char* right) {
  while (*left && *left == *right) ++left, ++right;
  return *left == *right;
}

static void expect_steps(const char* expected, DWORD line) {
  steps[step_count] = 0;
  if (!same(steps, expected)) {
    say("steps ");
    say(steps);
    say(" instead of ");
  }
  check(same(steps, expected), expected, line);
  step_count = 0;
}
#define STEPS(expected) expect_steps(expected, __LINE__)

__attribute__((noinline)) static void raise(DWORD code) {
  RaiseException(code, 0, 0, 0);
}

static int filter(char what, int decision) {
  step(what);
  return decision;
}

static void inside_out(void) {
  __try {
    __try {
      __try {
        step('a');
        raise(FIRST);
        step('!');
      } __finally {
        step('b');
      }
    } __except (filter('1', EXCEPTION_CONTINUE_SEARCH)) {
      step('!');
    }
  } __except (filter('2', EXCEPTION_EXECUTE_HANDLER)) {
    step('c');
  }
  STEPS("a12bc");
}

static void no_exception(void) {
  __try {
    __try {
      step('a');
    } __finally {
      step(AbnormalTermination() ? '!' : 'b');
    }
    step('c');
  } __except (filter('!', EXCEPTION_EXECUTE_HANDLER)) {
    step('!');
  }
  STEPS("abc");
}

__attribute__((noinline)) static void leaves_by_return(int early) {
  __try {
    step('a');
    if (early) return;
    step('b');
  } __finally {
    step('c');
  }
  step('d');
}

static void leaving(void) {
  leaves_by_return(1);
  leaves_by_return(0);
  __try {
    step('e');
    __leave;
  } __finally {
    step('f');
  }
  STEPS("acabcdef");
}

__attribute__((noinline)) static void finally_calls(void) {
  __try {
    raise(FIRST);
  } __finally {
    step('b');
  }
}

static void through_functions(void) {
  __try {
    __try {
      finally_calls();
    } __finally {
      step('c');
    }
  } __except (filter('1', EXCEPTION_EXECUTE_HANDLER)) {
    step('d');
  }
  STEPS("1bcd");
}

/* An exception while a filter runs is nested: the same filter is asked about it as well, then the
 * outer frame, which handles it, and the first one is forgotten. */
__attribute__((noinline)) static int raising_filter(DWORD code) {
  if (code == SECOND) return filter('-', EXCEPTION_CONTINUE_SEARCH);
  step('1');
  raise(SECOND);
  step('!');
  return EXCEPTION_EXECUTE_HANDLER;
}

static void out_of_a_filter(void) {
  __try {
    __try {
      raise(FIRST);
    } __except (raising_filter(GetExceptionCode())) {
      step('!');
    }
  } __except (filter(GetExceptionCode() == SECOND ? '2' : '!', EXCEPTION_EXECUTE_HANDLER)) {
    step('b');
  }
  STEPS("1-2b");
}

static void out_of_a_handler(void) {
  __try {
    __try {
      raise(FIRST);
    } __except (filter('1', EXCEPTION_EXECUTE_HANDLER)) {
      step('a');
      raise(SECOND);
    }
  } __except (filter(GetExceptionCode() == SECOND ? '2' : '!', EXCEPTION_EXECUTE_HANDLER)) {
    step('b');
  }
  STEPS("1a2b");
}

__attribute__((noinline)) static void finally_raises(void) {
  __try {
    __try {
      raise(FIRST);
    } __finally {
      step('a');
      raise(SECOND);
      step('!');
    }
  } __finally {
    step('b');
  }
}

__attribute__((noinline)) static void around_it(void) {
  __try {
    finally_raises();
  } __finally {
    step('c');
  }
}

static void collided(void) {
  ULONG before = teb_read(0);
  __try {
    __try {
      around_it();
    } __except (filter(GetExceptionCode() == FIRST ? '1' : '2', GetExceptionCode() == FIRST
                                                                    ? EXCEPTION_EXECUTE_HANDLER
                                                                    : EXCEPTION_CONTINUE_SEARCH)) {
      step('!');
    }
  } __except (filter('3', EXCEPTION_EXECUTE_HANDLER)) {
    step('d');
  }
  STEPS("1a23bcd");
  CHECK(teb_read(0) == before);
}

static void many(void) {
  volatile int caught = 0;
  for (int i = 0; i < 1000; ++i) {
    __try {
      finally_calls();
    } __except (EXCEPTION_EXECUTE_HANDLER) {
      ++caught;
    }
    step_count = 0;
  }
  CHECK(caught == 1000);
}

void start(void) {
  ULONG before = teb_read(0);
  no_exception();
  leaving();
  inside_out();
  through_functions();
  out_of_a_filter();
  out_of_a_handler();
  collided();
  many();
  CHECK(teb_read(0) == before);
  CHECK_ENDS("try_finally");
}
