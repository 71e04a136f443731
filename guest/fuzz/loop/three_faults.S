# Three read faults a run, each handled by one record, among 500 instructions that store, call and
# branch. tests/bench/bare_engine.cpp has the same instructions for a bare engine.
#include "fuzz/loop/fuzzed.inc"

        .set    ROUNDS, 3               # kRounds in fuzz_bench.cpp
        .set    STEPS, 16               # kSteps

        .globl  _start
_start:
        calll   _lab_fuzz_ready
        push_record Lstep_over
        movl    $ROUNDS, %esi
Lround:
        movl    $STEPS, %edi
Lstep:
        movl    _lab_fuzz_input, %eax
        imull   %edi, %eax
        addl    %esi, %eax
        movl    %eax, _lab_fuzz_log+4
        pushl   %eax
        popl    %edx
        calll   Lnothing
        decl    %edi
        jnz     Lstep
        fault
        decl    %esi
        jnz     Lround
        pop_record
        end_run 0

Lnothing:
        ret

Lstep_over:
        movl    12(%esp), %ecx
        addl    $2, CONTEXT_EIP(%ecx)
        xorl    %eax, %eax
        ret
