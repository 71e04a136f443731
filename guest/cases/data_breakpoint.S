# A handler arms DR0 on writes of four bytes through its CONTEXT (Intel SDM vol. 3, 17.2.4; facts 2.1, row
# 1): the store is done, SINGLE_STEP comes behind it with DR6 naming the register, and a read is nothing. The
# exit code is 0, or the number of the check that failed.
#include "cases/frames.inc"
        .set    WRITES_OF_FOUR, 0xd0001  # local enable of DR0, condition 1, length code 3

        .globl  _start
_start:
        push_record Larm
        xorl    %eax, %eax
        movl    (%eax), %eax            # 2 bytes: arms
        movl    watched, %edx
        movb    $5, watched + 4         # a neighbour
        movb    $7, watched + 1
Lbehind:
        nop
        cmpl    $1, steps
        jne     Lwrong_1
        cmpl    $0x700, watched
        jne     Lwrong_2
        pop_record
        exit    0
Lwrong_1: exit  1
Lwrong_2: exit  2
Lwrong_3: exit  3
Lwrong_4: exit  4

Larm:
        movl    4(%esp), %edx           # record
        movl    12(%esp), %ecx          # context
        cmpl    $STATUS_SINGLE_STEP, (%edx)
        je      Lstep
        addl    $2, CONTEXT_EIP(%ecx)
        movl    $watched, CONTEXT_DR0(%ecx)
        movl    $WRITES_OF_FOUR, CONTEXT_DR7(%ecx)
        xorl    %eax, %eax
        ret
Lstep:
        cmpl    $Lbehind, CONTEXT_EIP(%ecx)
        jne     Lwrong_3
        cmpl    $Lbehind, 12(%edx)      # ExceptionAddress
        jne     Lwrong_3
        movl    CONTEXT_DR6(%ecx), %eax
        andl    $0x400f, %eax
        cmpl    $1, %eax
        jne     Lwrong_4
        incl    steps
        movl    $0, CONTEXT_DR7(%ecx)
        xorl    %eax, %eax
        ret

        .bss
        .p2align 2
watched: .skip  8
steps:  .skip   4
