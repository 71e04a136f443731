# What Microsoft's compilers link into every image: functions that lay and clear a frame for
# functions that would else each do it in line. After the prolog of a function with __try:
#   EBP-28 GS cookie (_GS)   EBP-24 saved ESP    EBP-20 EXCEPTION_POINTERS *
#   EBP-16 Next   EBP-12 Handler   EBP-8 scope table   EBP-4 try level

        .globl  @feat.00
        .set    @feat.00, 1

        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

# Called after "push bytes of locals; push scope table": lays EBP and the record over these two and
# the return address, which it leaves at EBP-8 for the moment.
        .macro  lay_frame handler
        pushl   $\handler
        pushl   %fs:0
        movl    16(%esp), %eax          # bytes of locals
        movl    %ebp, 16(%esp)
        leal    16(%esp), %ebp
        subl    %eax, %esp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        .endm

        .text
        .data                           # in .text, clang-19 would stay in .sxdata
        .safeseh __except_handler3      # the import's thunk is a handler of the image
        .text
        function __SEH_prolog
        lay_frame __except_handler3
        movl    -8(%ebp), %eax
        movl    %esp, -24(%ebp)
        pushl   %eax
        movl    -4(%ebp), %eax
        movl    $-1, -4(%ebp)
        movl    %eax, -8(%ebp)
        leal    -16(%ebp), %eax
        movl    %eax, %fs:0
        ret

        function __SEH_epilog
        movl    -16(%ebp), %ecx
        movl    %ecx, %fs:0
        popl    %ecx                    # return address
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        pushl   %ecx
        ret

# With _except_handler4 the table's address is encoded, and cookie ^ EBP lies below the registers.
        .macro  prolog4 gs
        lay_frame __except_handler4
        movl    ___security_cookie, %eax
        xorl    %eax, -4(%ebp)
        xorl    %ebp, %eax
        .if     \gs
        movl    %eax, -28(%ebp)
        .endif
        pushl   %eax
        movl    %esp, -24(%ebp)
        pushl   -8(%ebp)
        movl    -4(%ebp), %eax
        movl    $-2, -4(%ebp)
        movl    %eax, -8(%ebp)
        leal    -16(%ebp), %eax
        movl    %eax, %fs:0
        ret
        .endm

        function __SEH_prolog4
        prolog4 0
        function __SEH_prolog4_GS
        prolog4 1

        function __SEH_epilog4_GS
        movl    -28(%ebp), %ecx
        xorl    %ebp, %ecx
        calll   @__security_check_cookie@4
        function __SEH_epilog4
        movl    -16(%ebp), %ecx
        movl    %ecx, %fs:0
        popl    %ecx                    # return address
        popl    %edi                    # EH cookie
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        pushl   %ecx
        ret

# EXCEPTION_DISPOSITION _except_handler4(record, R, context, dispatcher): the image's own part.
        function __except_handler4
        .data                           # in .text, clang-19 would stay in .sxdata
        .safeseh __except_handler4
        .text
        pushl   %ebp
        movl    %esp, %ebp
        pushl   20(%ebp)
        pushl   16(%ebp)
        pushl   12(%ebp)
        pushl   8(%ebp)
        pushl   $@__security_check_cookie@4
        pushl   $___security_cookie
        calll   __except_handler4_common
        leave
        ret
