# Functions with C++ frames as compilers of three generations wrote their tables. Each
#
#   int NAME(body) { Object object; try { body(); } catch (int value) { return value; } return 0; }
#
# with destroyed() as the object's destructor.

        .globl  @feat.00
        .set    @feat.00, 1
        .set    GARBAGE, 0xdddddddd     # behind what the magic number promises

        .macro  frame name, handler, magic, tries, rest:vararg
        .section .rdata,"dr"
        .p2align 2
Ltables_\name:
        .long   \magic, 3, Lunwind_map, \tries, Ltry_map, 0, 0, \rest
        .safeseh thunk_\name           # before .text: after it clang-19 stays in .sxdata
        .text
        .def    thunk_\name; .scl 3; .type 32; .endef
thunk_\name:
        movl    $Ltables_\name, %eax
        jmp     \handler
        .globl  _\name
        .def    _\name; .scl 2; .type 32; .endef
_\name:
        movl    $thunk_\name, %eax
        jmp     Lfunction
        .endm

        .section .rdata,"dr"
        .p2align 2
Lunwind_map:
        .long   -1, Ldestroy            # 0: the object
        .long   0, 0                    # 1: in the try block
        .long   0, 0                    # 2: in the handler
Ltry_map:
        .long   1, 1, 2, 1, Lhandlers
Lhandlers:
        .long   0, "??_R0H@8", -24, Lcatch
Lspecification:
        .long   1, Lspecified
Lspecified:
        .long   0, "??_R0H@8", 0, 0

        frame   frame_vc6, ___CxxFrameHandler, 0x19930520, 1, GARBAGE, GARBAGE
        frame   frame_vc7, ___CxxFrameHandler2, 0x19930521, 1, 0, GARBAGE
        frame   frame_vc8, ___CxxFrameHandler3, 0x19930522, 1, 0, 1
        frame   frame_specified, ___CxxFrameHandler3, 0x19930521, 0, Lspecification, GARBAGE
        frame   frame_noexcept, ___CxxFrameHandler3, 0x19930522, 0, 0, 5
        frame   frame_bad, ___CxxFrameHandler3, 0x19930519, 1, 0, 1

        .text
Lfunction:
        calll   __EH_prolog
        subl    $12, %esp               # EBP-16 ESP, EBP-20 result, EBP-24 value
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        movl    %esp, -16(%ebp)
        movl    $0, -20(%ebp)
        movl    $1, -4(%ebp)
        calll   *8(%ebp)
Ltry_end:
        movl    $-1, -4(%ebp)
        calll   Ldestroy
        movl    -20(%ebp), %eax
        movl    -12(%ebp), %ecx
        movl    %ecx, %fs:0
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        ret
Ldestroy:
        calll   _destroyed
        ret
Lcatch:
        movl    -24(%ebp), %eax
        movl    %eax, -20(%ebp)
        movl    $Ltry_end, %eax
        ret
