# Where threads begin, and what their chain of handlers ends with.
#
# The first thread of the process begins at LdrInitializeThunk, any other at RtlUserThreadStart
# with its start routine in EAX and the routine's parameter in EBX, as Windows' initial thread
# context has them. Both first lay the outermost registration record, the one that SEHOP looks
# for: {-1, FinalExceptionHandler} (facts 3.9; Windows Vista and later).

        .globl  @feat.00
        .set    @feat.00, 1

        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

        .macro  lay_final_record
        xorl    %ebp, %ebp
        pushl   $_FinalExceptionHandler
        pushl   $-1
        movl    %esp, %fs:0
        .endm

        .text
        function _LdrInitializeThunk
        lay_final_record
        calll   _LdrpStartProcess@0
        ud2

        function _RtlUserThreadStart
        lay_final_record
        pushl   %ebx
        pushl   %eax
        calll   _LdrpStartThread@8
        ud2

# A fiber begins here when it is first switched to, with its routine in ESI and its data in EDI.
        function _RtlUserFiberStart@0
        lay_final_record
        pushl   %edi
        pushl   %esi
        calll   _LdrpStartFiber@8
        ud2

# EXCEPTION_DISPOSITION FinalExceptionHandler(record, frame, context, dispatcher): nobody took it.
        function _FinalExceptionHandler
        movl    $1, %eax
        ret
        .data                           # in .text, clang-19 would stay in .sxdata
        .safeseh _FinalExceptionHandler
        .text

# BOOLEAN LdrpCallInitRoutine(routine, module, reason, reserved): entry points of DLLs are often
# declared with the wrong convention; ESP is put back whatever they pop.
        function _LdrpCallInitRoutine@16
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %esi
        pushl   %edi
        pushl   %ebx
        movl    %esp, %esi
        pushl   20(%ebp)
        pushl   16(%ebp)
        pushl   12(%ebp)
        calll   *8(%ebp)
        movl    %esi, %esp
        popl    %ebx
        popl    %edi
        popl    %esi
        popl    %ebp
        ret     $16

# LdrpCallStartRoutine(routine, parameter): so are entry points of programs and of threads. As in
# Windows nothing but ESP is relied on when one returns: Go's threads bring no register back.
        function _LdrpCallStartRoutine@8
        movl    4(%esp), %eax
        pushl   8(%esp)
        calll   *%eax
        pushl   %eax
        calll   _RtlExitUserThread@4
        ud2
