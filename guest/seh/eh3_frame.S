# The same as eh4_frame, with the older helpers: int eh3_frame(body, filter, finally)

        .globl  @feat.00
        .set    @feat.00, 1

        .section .rdata,"dr"
        .p2align 2
Lscope_table:
        .long   -1, Lfilter, Lhandler
        .long   0, 0, Lfinally

        .text
        .globl  _eh3_frame
        .def    _eh3_frame; .scl 2; .type 32; .endef
_eh3_frame:
        pushl   $12
        pushl   $Lscope_table
        calll   __SEH_prolog
        movl    $1, -4(%ebp)
        calll   *8(%ebp)
        movl    $0, -4(%ebp)
        calll   Lfinally
        movl    $-1, -4(%ebp)
        xorl    %eax, %eax
        jmp     Lout
Lfilter:
        pushl   -20(%ebp)
        calll   *12(%ebp)
        addl    $4, %esp
        ret
Lhandler:
        movl    -24(%ebp), %esp
        movl    $-1, -4(%ebp)
        movl    $1, %eax
Lout:
        calll   __SEH_epilog
        ret
Lfinally:
        calll   *16(%ebp)
        ret
