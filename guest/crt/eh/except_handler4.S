# What _except_handler4_common needs of the processor, and _local_unwind4 with its guard
# (facts 3.7: as _local_unwind2, but a level ends at -2 and the table's address is encoded).

        .globl  @feat.00
        .set    @feat.00, 1
        .set    UNWINDING, 6
        .set    NO_LEVEL, -2

        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

        .text
# LONG _EH4_CallFilterFunc(filter, ebp)
        function __EH4_CallFilterFunc
        pushl   %ebp
        pushl   %esi
        pushl   %edi
        pushl   %ebx
        movl    20(%esp), %eax
        movl    24(%esp), %ebp
        calll   *%eax
        popl    %ebx
        popl    %edi
        popl    %esi
        popl    %ebp
        ret

# void _EH4_TransferToHandler(handler, ebp): the landing pad loads ESP and never comes back.
        function __EH4_TransferToHandler
        movl    4(%esp), %eax
        movl    8(%esp), %ebp
        xorl    %ebx, %ebx
        xorl    %ecx, %ecx
        xorl    %edx, %edx
        xorl    %esi, %esi
        xorl    %edi, %edi
        jmpl    *%eax

# void _EH4_GlobalUnwind2(R, record): unlike _global_unwind2 it shows the frames that it unwinds
# the exception itself, so that those compiled with /EHs know a C++ exception from others.
        function __EH4_GlobalUnwind2
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   %ebp
        pushl   $0
        pushl   12(%ebp)
        pushl   $Leh4_unwound
        pushl   8(%ebp)
        calll   _RtlUnwind@16
Leh4_unwound:
        popl    %ebp
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        ret

# void _local_unwind4(cookie *, R, stop): runs the __finally blocks of R from its try level out to
# `stop` (not included; -2: all). Its guard while one runs:
#   G+0 Next   G+4 unwind_handler4   G+8 cookie *   G+12 R   G+16 stop
        function __local_unwind4
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        movl    12(%ebp), %ebx          # R
        pushl   16(%ebp)
        pushl   %ebx
        pushl   8(%ebp)
        pushl   $__unwind_handler4
        pushl   %fs:0
        movl    %esp, %fs:0
Lnext_finally:
        movl    12(%ebx), %esi
        cmpl    $NO_LEVEL, %esi
        je      Lfinallys_done
        cmpl    $NO_LEVEL, 16(%ebp)
        je      Lrun
        cmpl    16(%ebp), %esi          # levels grow inwards: never past a stop already left
        jbe     Lfinallys_done
Lrun:
        movl    8(%ebp), %ecx
        movl    8(%ebx), %edi
        xorl    (%ecx), %edi
        leal    (%esi,%esi,2), %ecx
        leal    16(%edi,%ecx,4), %edi
        movl    (%edi), %eax
        movl    %eax, 12(%ebx)          # before the call: an exception in it does not run it again
        cmpl    $0, 4(%edi)
        jne     Lnext_finally
        movl    8(%edi), %eax
        pushl   %ebp
        leal    16(%ebx), %ebp
        calll   *%eax
        popl    %ebp
        jmp     Lnext_finally
Lfinallys_done:
        popl    %fs:0
        addl    $16, %esp
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        ret

# The guard's handler: as _local_unwind2's.
        function __unwind_handler4
        .safeseh __unwind_handler4
        movl    4(%esp), %eax
        testl   $UNWINDING, 4(%eax)
        movl    $1, %eax
        jz      Lguard_done
        movl    8(%esp), %ecx           # G
        pushl   16(%ecx)
        pushl   12(%ecx)
        pushl   8(%ecx)
        calll   __local_unwind4
        addl    $12, %esp
        movl    8(%esp), %ecx
        movl    12(%ecx), %ecx          # R
        movl    16(%esp), %eax
        movl    %ecx, (%eax)
        movl    $3, %eax
Lguard_done:
        ret
