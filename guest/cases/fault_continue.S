# A read fault that its handler repairs: it moves the context's EIP behind the instruction and sets
# its EAX, and the program goes on with both (facts 3.1, 3.2 E5). Exit code 42.
#include "cases/frames.inc"

        .globl  _start
_start:
        push_record Lrepair
        xorl    %eax, %eax
        movl    (%eax), %eax
Lrepaired:
        pop_record
        pushl   %eax
        calll   *__imp__ExitProcess@4

Lrepair:
        movl    12(%esp), %ecx
        movl    $Lrepaired, CONTEXT_EIP(%ecx)
        movl    $42, CONTEXT_EAX(%ecx)
        movl    $CONTINUE_EXECUTION, %eax
        ret
