# RtlCaptureContext: EIP, ESP and EBP are those of its caller's caller (facts 3.8), so that NtContinue
# with it returns from the function that captured. Exits 0; else with the number of the check.
#include "cases/frames.inc"
        .set    CONTEXT_EBP, 0xb4
        .set    CONTEXT_ESP, 0xc4
        .set    CONTEXT_EBX, 0xa4

        .globl  _start
_start:
        movl    $0x1234, %ebx
        xorl    %esi, %esi              # how often we came back
        movl    %esp, %edi
        calll   capture
after:
        cmpl    %edi, %esp
        jne     Lwrong_4
        incl    %esi
        cmpl    $0x1234, %ebx
        jne     Lwrong_5
        cmpl    $2, %esi
        je      Lgood
        movl    %esi, context+0xa0      # CONTEXT.Esi
        pushl   $0
        pushl   $context
        calll   *__imp__NtContinue@8

Lgood:  exit    0
Lwrong_1: exit  1
Lwrong_2: exit  2
Lwrong_3: exit  3
Lwrong_4: exit  4
Lwrong_5: exit  5

capture:
        pushl   %ebp
        movl    %esp, %ebp
        pushl   $context
        calll   *__imp__RtlCaptureContext@4
        cmpl    $after, context+CONTEXT_EIP
        jne     Lwrong_1
        leal    8(%ebp), %eax
        cmpl    %eax, context+CONTEXT_ESP
        jne     Lwrong_2
        cmpl    %ebx, context+CONTEXT_EBX
        jne     Lwrong_3
        popl    %ebp
        ret

        .bss
        .p2align 4
context:
        .skip   0x2cc
