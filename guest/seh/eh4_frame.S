# A function with a frame of _except_handler4, as Microsoft's compilers lay it with their helpers:
#
#   int eh4_frame(body, filter, finally, spoil) {
#     __try { __try { body(); } __finally { finally(); } }
#     __except (filter(GetExceptionInformation())) { return 1; }
#     return 0;
#   }
#
# spoil: 1 the EH cookie, 2 the GS cookie is overwritten first, as an overrun would.

        .globl  @feat.00
        .set    @feat.00, 1
        .set    EH_COOKIE, -48          # 16 bytes of locals and three registers above it
        .set    GS_COOKIE, -28

        .section .rdata,"dr"
        .p2align 2
Lscope_table:
        .long   GS_COOKIE, 0, EH_COOKIE, 0
        .long   -2, Lfilter, Lhandler
        .long   0, 0, Lfinally

        .text
        .globl  _eh4_frame
        .def    _eh4_frame; .scl 2; .type 32; .endef
_eh4_frame:
        pushl   $16
        pushl   $Lscope_table
        calll   __SEH_prolog4_GS
        cmpl    $1, 20(%ebp)
        jne     1f
        notl    EH_COOKIE(%ebp)
1:      cmpl    $2, 20(%ebp)
        jne     2f
        notl    GS_COOKIE(%ebp)
2:      movl    $1, -4(%ebp)
        calll   *8(%ebp)
        movl    $0, -4(%ebp)
        calll   Lfinally
        movl    $-2, -4(%ebp)
        xorl    %eax, %eax
        jmp     Lout
Lfilter:
        pushl   -20(%ebp)
        calll   *12(%ebp)
        addl    $4, %esp
        ret
Lhandler:
        movl    -24(%ebp), %esp
        movl    $-2, -4(%ebp)
        movl    $1, %eax
Lout:
        calll   __SEH_epilog4_GS
        ret
Lfinally:
        calll   *16(%ebp)
        ret

# int eh4_setjmp(buffer, jump, finally): setjmp at level 0, outside of a __try ... __finally at level 1
# that calls jump, which comes back by longjmp.
        .section .rdata,"dr"
        .p2align 2
Lsetjmp_table:
        .long   GS_COOKIE, 0, EH_COOKIE, 0
        .long   -2, Ltake, Ltaken
        .long   0, 0, Lsetjmp_finally

        .text
        .globl  _eh4_setjmp
        .def    _eh4_setjmp; .scl 2; .type 32; .endef
_eh4_setjmp:
        pushl   $16
        pushl   $Lsetjmp_table
        calll   __SEH_prolog4_GS
        movl    $0, -4(%ebp)
        pushl   $___security_cookie
        pushl   $0                      # level
        pushl   $__seh_longjmp_unwind4@4
        pushl   $3
        pushl   8(%ebp)
        calll   __setjmp3
        addl    $20, %esp
        testl   %eax, %eax
        jnz     Lsetjmp_out
        movl    $1, -4(%ebp)
        calll   *12(%ebp)
        ud2
Lsetjmp_out:
        cmpl    $0, -4(%ebp)            # the level is setjmp's again
        je      3f
        ud2
3:      movl    $-2, -4(%ebp)
        calll   __SEH_epilog4_GS
        ret
Ltake:
        movl    $1, %eax
        ret
Ltaken:
        movl    -24(%ebp), %esp
        movl    $-2, -4(%ebp)
        movl    $-1, %eax
        calll   __SEH_epilog4_GS
        ret
Lsetjmp_finally:
        calll   *16(%ebp)
        ret

# int eh4_leaves_twice(body, filter, inner, outer) {
#   __try {
#     __try { __try { body(); } __finally { inner(); } }
#     __except (filter(GetExceptionInformation())) { return 1; }
#   } __finally { outer(); }
#   return 0;
# }
        .section .rdata,"dr"
        .p2align 2
Ltwice_table:
        .long   GS_COOKIE, 0, EH_COOKIE, 0
        .long   -2, 0, Louter
        .long   0, Lask, Ltwice_handler
        .long   1, 0, Linner

        .text
        .globl  _eh4_leaves_twice
        .def    _eh4_leaves_twice; .scl 2; .type 32; .endef
_eh4_leaves_twice:
        pushl   $16
        pushl   $Ltwice_table
        calll   __SEH_prolog4_GS
        movl    $2, -4(%ebp)
        calll   *8(%ebp)
        movl    $1, -4(%ebp)
        calll   Linner
        xorl    %esi, %esi
        jmp     Lleave_outer
Lask:
        pushl   -20(%ebp)
        calll   *12(%ebp)
        addl    $4, %esp
        ret
Ltwice_handler:
        movl    -24(%ebp), %esp
        movl    $1, %esi
Lleave_outer:
        movl    $-2, -4(%ebp)
        calll   Louter
        movl    %esi, %eax
        calll   __SEH_epilog4_GS
        ret
Linner:
        calll   *16(%ebp)
        ret
Louter:
        calll   *20(%ebp)
        ret
