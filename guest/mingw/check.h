/* Checks that count; a program exits with the number of those that did not hold. */
#include <stdio.h>

static int failures;
#define CHECK(claim)                                            \
  do {                                                          \
    if (!(claim)) {                                             \
      ++failures;                                               \
      printf("does not hold: %s, line %d\n", #claim, __LINE__); \
    }                                                           \
  } while (0)
