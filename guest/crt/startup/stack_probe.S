# What compilers call for frames of a page and more: each page between ESP and the new ESP is
# touched in turn, so that the guard page is met in order.
        .globl  @feat.00
        .set    @feat.00, 1

        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

        .text
# EAX: bytes to take. ESP is that much lower on return; all registers but EAX are kept.
        function __alloca_probe
        function __chkstk
        pushl   %ecx
        leal    8(%esp), %ecx           # ESP before the call
Lpages:
        cmpl    $0x1000, %eax
        jb      Lrest
        subl    $0x1000, %ecx
        testl   %eax, (%ecx)
        subl    $0x1000, %eax
        jmp     Lpages
Lrest:
        subl    %eax, %ecx
        testl   %eax, (%ecx)
        movl    %esp, %eax
        movl    %ecx, %esp
        movl    (%eax), %ecx
        pushl   4(%eax)                 # where to return
        ret

# The same, with an ESP that is a multiple of 8 or of 16.
        .macro  aligned_probe symbol, mask
        function \symbol
        pushl   %ecx
        leal    8(%esp), %ecx
        subl    %eax, %ecx
        andl    $\mask, %ecx
        addl    %ecx, %eax
        popl    %ecx
        jmp     __chkstk
        .endm

        aligned_probe __alloca_probe_8, 7
        aligned_probe __alloca_probe_16, 15
