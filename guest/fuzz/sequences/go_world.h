/* Go's side of the program: Go's own types beside what both sides share. */
#ifndef FUZZ_SEQUENCES_GO_WORLD_H
#define FUZZ_SEQUENCES_GO_WORLD_H

#include "fuzz/sequences/sequences.h"
#include "go/runtime.h"

/* The operations of one Go function, until END, the end of the string, or a panic that a function
 * recovers which it deferred. */
NOINLINE void run_go_frame(bool outermost);

#endif
