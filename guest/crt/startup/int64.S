# The 64-bit helpers that pass values in registers.
        .globl  @feat.00
        .set    @feat.00, 1

        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

        .text
# EDX:EAX shifted by CL; 64 and more leave nothing but, shifting right with a sign, the sign.
        function __allshl
        cmpb    $64, %cl
        jae     Lzero
        shldl   %cl, %eax, %edx
        shll    %cl, %eax
        testb   $32, %cl
        jz      Lshl_done
        movl    %eax, %edx
        xorl    %eax, %eax
Lshl_done:
        ret

        function __aullshr
        cmpb    $64, %cl
        jae     Lzero
        shrdl   %cl, %edx, %eax
        shrl    %cl, %edx
        testb   $32, %cl
        jz      Lushr_done
        movl    %edx, %eax
        xorl    %edx, %edx
Lushr_done:
        ret
Lzero:
        xorl    %eax, %eax
        xorl    %edx, %edx
        ret

        function __allshr
        cmpb    $64, %cl
        jae     Lsign
        shrdl   %cl, %edx, %eax
        sarl    %cl, %edx
        testb   $32, %cl
        jz      Lshr_done
        movl    %edx, %eax
        sarl    $31, %edx
Lshr_done:
        ret
Lsign:
        sarl    $31, %edx
        movl    %edx, %eax
        ret

# Quotient in EDX:EAX and remainder in EBX:ECX (EBX is its high half), of two arguments that the
# callee pops.
        .macro  both symbol, quotient, remainder
        function \symbol
        pushl   16(%esp)                # the divisor's high half, and so on: all four again
        pushl   16(%esp)
        pushl   16(%esp)
        pushl   16(%esp)
        calll   \remainder
        movl    %eax, %ecx
        movl    %edx, %ebx
        pushl   %ecx
        pushl   20(%esp)
        pushl   20(%esp)
        pushl   20(%esp)
        pushl   20(%esp)
        calll   \quotient
        popl    %ecx
        ret     $16
        .endm

        both    __alldvrm, __alldiv, __allrem
        both    __aulldvrm, __aulldiv, __aullrem

# long long of a float in ST(0), truncated.
        function __ftol
        function __ftol2
        function __ftol2_sse
        subl    $12, %esp
        fnstcw  8(%esp)
        movw    8(%esp), %ax
        orw     $0x0c00, %ax
        movw    %ax, 10(%esp)
        fldcw   10(%esp)
        fistpll (%esp)
        fldcw   8(%esp)
        popl    %eax
        popl    %edx
        addl    $4, %esp
        ret
