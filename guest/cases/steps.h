/* For programs whose claim is an order: each step leaves a letter, and the trail is compared. */
#ifndef CASES_STEPS_H
#define CASES_STEPS_H

#include "cases/say.h"

#define NOINLINE __attribute__((noinline))

int failures;
static volatile char trail[256];
static volatile unsigned trail_length;

static inline void step(char letter) {
  if (trail_length < sizeof trail - 1) trail[trail_length++] = letter;
}

static inline void check_trail(const char* expected, DWORD line) {
  char was[sizeof trail];
  unsigned i = 0;
  for (; i < trail_length; ++i) was[i] = trail[i];
  was[i] = 0;
  trail_length = 0;
  unsigned same = 0;
  while (was[same] && was[same] == expected[same]) ++same;
  if (was[same] == expected[same]) return;
  say("trail ");
  say(was);
  say("\n");
  check(0, expected, line);
}
#define TRAIL(expected) check_trail(expected, __LINE__)

/* A filter that leaves a letter and decides. */
static inline LONG filter(char letter, LONG decision) {
  step(letter);
  return decision;
}

/* Compilers know nothing of what it does, and it is a call: see docs/compiled-programs.md. */
__attribute__((unused)) NOINLINE static void raise(DWORD code) {
  RaiseException(code, 0, 0, 0);
  __asm__ volatile("");
}

/* The program's body; the chain is as before when it comes back. */
static inline int run_program(void (*body)(void)) {
  ULONG before = teb_read(0);
  body();
  CHECK(teb_read(0) == before);
  if (!failures) say("PASS\n");
  return failures;
}
#define PROGRAM                  \
  static void program(void);     \
  int main(void) {               \
    return run_program(program); \
  }                              \
  static void program(void)

/* For programs that end otherwise than by returning. */
static inline NORETURN void end_program(void) {
  if (!failures) say("PASS\n");
  ExitProcess((UINT)failures);
}

#endif
