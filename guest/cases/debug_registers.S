# A handler arms DR0 through its CONTEXT (facts 2.1, row 1): execution there is a SINGLE_STEP at the
# instruction, with DR6 naming the register; EFLAGS.RF goes on over it, DR7 = 0 takes it off. The exit
# code is 0, or the number of the check that failed.
#include "cases/frames.inc"

        .globl  _start
_start:
        push_record Larm
        xorl    %esi, %esi
        xorl    %eax, %eax
        movl    (%eax), %eax            # 2 bytes: arms
        movl    $2, %edi
Lwatched:
        incl    %esi
        decl    %edi
        jnz     Lwatched
        cmpl    $2, %esi
        jne     Lwrong_1
        cmpl    $2, steps
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
        movl    $Lwatched, CONTEXT_DR0(%ecx)
        movl    $1, CONTEXT_DR7(%ecx)
        xorl    %eax, %eax
        ret
Lstep:
        cmpl    $Lwatched, CONTEXT_EIP(%ecx)
        jne     Lwrong_3
        cmpl    $Lwatched, 12(%edx)     # ExceptionAddress
        jne     Lwrong_3
        movl    CONTEXT_DR6(%ecx), %eax
        andl    $0xf, %eax
        cmpl    $1, %eax
        jne     Lwrong_4
        incl    steps
        cmpl    $2, steps
        jne     Lover
        movl    $0, CONTEXT_DR7(%ecx)   # the second time: off
        xorl    %eax, %eax
        ret
Lover:  orl     $EFLAGS_RF, CONTEXT_EFLAGS(%ecx)
        xorl    %eax, %eax
        ret

        .bss
        .p2align 2
steps:  .skip   4
