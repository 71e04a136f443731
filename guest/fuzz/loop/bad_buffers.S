# Says of its input or log what cannot be: LOG_CAPACITY words, or an input that ends at INPUT_END.
#include "fuzz/loop/fuzzed.inc"

        .data
        .balign 4
#ifdef LOG_CAPACITY
        .globl  _lab_fuzz_log_capacity
_lab_fuzz_log_capacity:
        .long   LOG_CAPACITY
#else
        .globl  _lab_fuzz_input_end
_lab_fuzz_input_end:
        .long   INPUT_END
#endif

        .text
        .globl  _start
_start:
        calll   _lab_fuzz_ready
        end_run 0
