# A linked record whose two words were overwritten, as the stack that a panic gave back is: its
# handler lies in no image and in no executable page. The record is refused, the walk stops there
# and the intact record above is never reached; the process ends with C0000005
# (facts 3.2 E2, 3.9).
#include "cases/frames.inc"

        .globl  _start
_start:
        push_record Lnever_asked
        push_record Lnever_asked
        movl    $0x41414141, (%esp)
        movl    $0x41414141, 4(%esp)
        xorl    %eax, %eax
        movl    (%eax), %eax
        exit    0

Lnever_asked:
        exit    1
