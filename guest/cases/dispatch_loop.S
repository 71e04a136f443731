# A fault, a handler that steps over it, and again: 200,000 read faults, each dispatched to one
# handler and continued. tests/bench/bare_engine.cpp runs the same instructions on a bare engine.
#include "cases/frames.inc"

        .set    FAULTS, 200000          # kFaults in dispatch_bench.cpp

        .globl  _start
_start:
        push_record Lstep_over
        movl    $FAULTS, %esi
Lfault:
        xorl    %eax, %eax
        movl    (%eax), %eax
        decl    %esi
        jnz     Lfault
        pop_record
        exit    0

Lstep_over:
        movl    12(%esp), %ecx
        addl    $2, CONTEXT_EIP(%ecx)
        xorl    %eax, %eax
        ret
