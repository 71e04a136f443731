# A handler that faults. The second exception meets ExecuteHandler's own record first, which says
# "nested"; then the same handler is asked again, with NESTED_CALL set (facts 3.2 E5,
# 3.4). Exit code 0 when it is.
#include "cases/frames.inc"

        .set    NESTED_CALL, 0x10

        .globl  _start
_start:
        push_record Lfault_once
        xorl    %eax, %eax
        movl    (%eax), %eax
        exit    1

Lfault_once:
        movl    4(%esp), %ecx
        testl   $NESTED_CALL, 4(%ecx)
        jnz     Lnested
        cmpl    $0, Lentered
        jne     Lnot_nested
        incl    Lentered
        xorl    %eax, %eax
        movl    %eax, (%eax)
Lnot_nested:
        exit    2
Lnested:
        exit    0

        .data
Lentered:
        .long   0
