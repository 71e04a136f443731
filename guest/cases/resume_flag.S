# EFLAGS.RF in a handler's CONTEXT (Intel SDM vol. 3, 17.3.1.1): set for a fault, clear for a trap, as
# on silicon (QEMU leaves it clear). The exit code is 0, or the number of the check that failed.
#include "cases/frames.inc"

        .globl  _start
_start:
        push_record Lhandler
        xorl    %eax, %eax
        movl    $2, skip
        movl    (%eax), %eax            # a page fault
        testl   $EFLAGS_RF, flags
        jz      Lwrong_1
        xorl    %ecx, %ecx
        divl    %ecx                    # a divide error
        testl   $EFLAGS_RF, flags
        jz      Lwrong_2
        ud2
        testl   $EFLAGS_RF, flags
        jz      Lwrong_3
        movl    $1, skip                # a breakpoint's context is at the CC
        int3
        testl   $EFLAGS_RF, flags
        jnz     Lwrong_4
        movl    $0, skip
        pushfl
        orl     $0x100, (%esp)
        popfl                           # a single step, behind the next instruction
        nop
        testl   $EFLAGS_RF, flags
        jnz     Lwrong_5
        pop_record
        exit    0
Lwrong_1: exit  1
Lwrong_2: exit  2
Lwrong_3: exit  3
Lwrong_4: exit  4
Lwrong_5: exit  5

Lhandler:
        movl    12(%esp), %ecx
        movl    CONTEXT_EFLAGS(%ecx), %eax
        movl    %eax, flags
        movl    skip, %eax
        addl    %eax, CONTEXT_EIP(%ecx)
        xorl    %eax, %eax
        ret

        .bss
        .p2align 2
flags:  .skip   4
skip:   .skip   4
