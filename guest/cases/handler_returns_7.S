# A handler that returns 7, which is no disposition: STATUS_INVALID_DISPOSITION is raised, chained
# to the first exception and not continuable (facts 3.2 E5). The handler searches on for
# that one, and while unwinding, so it is unhandled and the process ends with C0000026.
#include "cases/frames.inc"

        .globl  _start
_start:
        push_record Lreturn_7
        xorl    %eax, %eax
        movl    (%eax), %eax
        exit    0

Lreturn_7:
        movl    4(%esp), %ecx
        movl    $CONTINUE_SEARCH, %eax
        cmpl    $0xc0000005, (%ecx)
        jne     Lreturn
        movl    $7, %eax
Lreturn:
        ret
