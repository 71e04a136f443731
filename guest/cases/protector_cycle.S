# A handler that links the protecting record to itself and then faults. While a handler runs fs:[0]
# is ExecuteHandler's own record, whose handler says "nested" and so leads on to its Next: here to
# the same record, for ever, and no instruction of the program runs any more (Windows without SEHOP
# does not look whether records ascend).
#include "cases/frames.inc"

        .globl  _start
_start:
        push_record Lcycle_and_fault
        xorl    %eax, %eax
        movl    (%eax), %eax
        exit    0

Lcycle_and_fault:
        movl    %fs:0, %eax
        movl    %eax, (%eax)
        xorl    %eax, %eax
        movl    (%eax), %eax
        exit    0
