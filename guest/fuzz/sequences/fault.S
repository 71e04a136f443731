# The hardware faults (LAB_FAULT_*). Whoever continues one goes on at what EDI holds, from the
# context's other registers: these are checked, but for ESP, which a call has moved.
        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

        .set    EBX_VALUE, 0x5eb0b0b0
        .set    ESI_VALUE, 0x5e515151

        .text
# uint32_t provoke(uint32_t kind, void *guarded)
        function _provoke
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        movl    8(%ebp), %eax
        movl    $EBX_VALUE, %ebx
        movl    $ESI_VALUE, %esi
        movl    $Lwent_on, %edi
        jmpl    *Lkinds(,%eax,4)

Lread:
        movl    0, %eax
        jmp     Lmissed
Lwrite:
        movl    %eax, 0
        jmp     Lmissed
Lwrite_code:
        movl    %eax, _provoke
        jmp     Lmissed
Lcall:
        xorl    %eax, %eax
        calll   *%eax
        jmp     Lmissed
Ldivide:
        xorl    %ecx, %ecx
        xorl    %edx, %edx
        divl    %ecx
        jmp     Lmissed
Loverflow:
        movl    $0x80000000, %eax
        cltd
        movl    $-1, %ecx
        idivl   %ecx
        jmp     Lmissed
Lud2:
        ud2
        jmp     Lmissed
Lint3:
        int3
        jmp     Lmissed
Lhlt:
        hlt
        jmp     Lmissed
Lstep:
        pushfl
        orl     $0x100, (%esp)
        popfl
        nop
        jmp     Lmissed
Lbound:
        pushl   $2
        pushl   $1
        movl    $3, %eax
        bound   %eax, (%esp)
        jmp     Lmissed
Linto:
        movl    $0x7fffffff, %eax
        addl    $1, %eax
        into
        jmp     Lmissed
Llock:
        .byte   0xf0, 0x89, 0xc0        # lock movl %eax, %eax
        jmp     Lmissed
Lint_20:
        int     $0x20
        jmp     Lmissed
Lassert:
        int     $0x2c
        jmp     Lmissed
Lx87:
        movl    $Lwent_on_x87, %edi
        pushl   $0x037b                 # all masked but divisions by zero
        fninit
        fldcw   (%esp)
        fld1
        fldz
        fdivrp  %st, %st(1)
        fwait
        jmp     Lmissed
Lsse:
        pushl   $0x1d80                 # the same
        ldmxcsr (%esp)
        xorps   %xmm1, %xmm1
        movl    $0x3f800000, %eax
        movd    %eax, %xmm0
        divss   %xmm1, %xmm0
        jmp     Lmissed
Lguard:
        movl    12(%ebp), %eax
        movl    (%eax), %eax
        jmp     Lmissed

Lwent_on_x87:
        fninit
        movl    $1, %eax
        cmpl    $Lwent_on_x87, %edi
        jne     Lreturn
        movl    $Lwent_on, %edi
Lwent_on:
        xorl    %eax, %eax
        cmpl    $EBX_VALUE, %ebx
        jne     Lwrong
        cmpl    $ESI_VALUE, %esi
        jne     Lwrong
        cmpl    $Lwent_on, %edi
        je      Lreturn
Lwrong:
        movl    $1, %eax
        jmp     Lreturn
Lmissed:
        movl    $2, %eax
Lreturn:
        leal    -12(%ebp), %esp
        popl    %edi
        popl    %esi
        popl    %ebx
        popl    %ebp
        ret

        .section .rdata,"dr"
        .p2align 2
Lkinds: # in the order of LAB_FAULT_*
        .long   Lread, Lwrite, Lwrite_code, Lcall, Ldivide, Loverflow, Lud2, Lint3, Lhlt, Lstep
        .long   Lbound, Linto, Llock, Lint_20, Lassert, Lx87, Lsse, Lguard
