# What _except_handler4_common needs of the processor, and _local_unwind4 with its guard
# (facts 3.7: as _local_unwind2, but a level ends at -2 and the table's address is encoded).

        .globl  @feat.00
        .set    @feat.00, 1

        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

#include "crt/local_unwind.inc"

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

        local_unwind __local_unwind4, __unwind_handler4, 3, -2, 16
