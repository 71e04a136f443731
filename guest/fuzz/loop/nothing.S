# The shortest run: from the snapshot to its end.
#include "fuzz/loop/fuzzed.inc"

        .globl  _start
_start:
        calll   _lab_fuzz_ready
        end_run 0
