/* How a public function enters and leaves the extended calculation, and reports errors. */
#ifndef CRT_LIBM_MATH_CALLS_H
#define CRT_LIBM_MATH_CALLS_H

#include <errno.h>
#include <math.h>

#include "extended.h"

/* The caller's control word and sticky flags are put back afterwards; its exceptions are raised by
 * the last step (report), not by what series do on their way. */
struct environment {
  unsigned words[7];
};
static inline void begin(struct environment* environment) {
  const unsigned short extended_nearest = 0x037f;
  __asm__ volatile("fnstenv %0; fldcw %1" : "=m"(*environment) : "m"(extended_nearest) : "memory");
}
static inline void end(const struct environment* environment) {
  __asm__ volatile("fldenv %0" : : "m"(*environment) : "memory");
}

/* The result of `formula` of x (and y) as a double. */
#define CALCULATE(result, formula)                    \
  do {                                                \
    struct environment environment_;                  \
    begin(&environment_);                             \
    *(volatile double*)&(result) = (double)(formula); \
    end(&environment_);                               \
  } while (0)

/* Reports an error: the handler of __setusermatherr may change the result; without one, errno. */
double crt_math_error(int type, const char* name, double x, double y, double result);

#endif
