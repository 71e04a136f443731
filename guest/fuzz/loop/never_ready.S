# Ends before it is ready.
#include "fuzz/loop/fuzzed.inc"

        .globl  _start
_start:
        end_run 3
