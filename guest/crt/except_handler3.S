# The C runtime's part of __try/__except/__finally (facts 1.6 and 3.7), cdecl.
#
# R is the address of a frame's registration record:
#   R-8 saved ESP      R-4 EXCEPTION_POINTERS *
#   R+0 Next           R+4 Handler        R+8 scope table     R+12 try level, -1: none
# An entry of the scope table is {enclosing level, filter or 0, handler}, twelve bytes. Filters,
# handlers and __finally blocks are entered with EBP = R+16.

        .globl  @feat.00
        .set    @feat.00, 1

        .set    UNWINDING, 6            # EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND

        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

#include "crt/local_unwind.inc"

        .text
# EXCEPTION_DISPOSITION _except_handler3(record, R, context, dispatcher)
        function __except_handler3
        .data                           # in .text, clang-19 would stay in .sxdata
        .safeseh __except_handler3
        .text
        pushl   %ebp
        movl    %esp, %ebp
        subl    $8, %esp                # EXCEPTION_POINTERS
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        cld
        movl    8(%ebp), %eax
        movl    12(%ebp), %ebx          # R
        testl   $UNWINDING, 4(%eax)
        jnz     Lunwind_all

        movl    %eax, -8(%ebp)
        movl    16(%ebp), %eax
        movl    %eax, -4(%ebp)
        leal    -8(%ebp), %eax
        movl    %eax, -4(%ebx)
        movl    12(%ebx), %esi          # level
Lnext_level:
        cmpl    $-1, %esi
        je      Lcontinue_search
        movl    8(%ebx), %edi
        leal    (%esi,%esi,2), %ecx
        leal    (%edi,%ecx,4), %edi     # the level's entry
        movl    4(%edi), %eax
        testl   %eax, %eax
        jz      Louter_level            # a __finally: not asked
        pushl   %ebp
        leal    16(%ebx), %ebp
        calll   *%eax                   # the filter keeps EBX, ESI and EDI
        popl    %ebp
        testl   %eax, %eax
        jg      Lexecute_handler
        jl      Lcontinue_execution
Louter_level:
        movl    (%edi), %esi
        jmp     Lnext_level

Lexecute_handler:
        pushl   %ebx
        calll   __global_unwind2
        addl    $4, %esp
        pushl   %esi
        pushl   %ebx
        calll   __local_unwind2
        addl    $8, %esp
        movl    (%edi), %eax
        movl    %eax, 12(%ebx)          # left by this very entry
        leal    16(%ebx), %ebp
        jmpl    *8(%edi)                # loads ESP from R-8 and never comes back

Lunwind_all:
        pushl   $-1
        pushl   %ebx
        calll   __local_unwind2
        addl    $8, %esp
Lcontinue_search:
        movl    $1, %eax
        jmp     Lreturn
Lcontinue_execution:
        xorl    %eax, %eax
Lreturn:
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        ret

# void _global_unwind2(R): unwinds every frame below R. RtlUnwind may destroy all registers.
        function __global_unwind2
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   %ebp
        pushl   $0
        pushl   $0
        pushl   $Lunwound
        pushl   8(%ebp)
        calll   _RtlUnwind@16
Lunwound:
        popl    %ebp
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        ret

        local_unwind __local_unwind2, _unwind_guard, 2, -1, 0

# int _abnormal_termination(void): is the __finally block that calls it run by _local_unwind2?
# (Its EBP is the frame's R+16.)
        function __abnormal_termination
        movl    %fs:0, %ecx
        xorl    %eax, %eax
        cmpl    $_unwind_guard, 4(%ecx)
        jne     Lnormal
        movl    8(%ecx), %edx
        addl    $16, %edx
        cmpl    %edx, %ebp
        sete    %al
Lnormal:
        ret
