# The steps of C++ exceptions that no compiler can write: entry with the tables in EAX, calls of
# funclets with their frame's EBP, and leaving through a saved ESP.

        .globl  @feat.00
        .set    @feat.00, 1

        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

        .text
# EXCEPTION_DISPOSITION __CxxFrameHandler(record, frame, context, dispatcher), EAX = FuncInfo.
# Each function with a frame registers a thunk of its own: mov eax, tables; jmp here. Compilers
# of three generations call it by three names; the magic number in the tables tells them apart.
        function ___CxxFrameHandler
        function ___CxxFrameHandler2
        function ___CxxFrameHandler3
        pushl   %ebp
        movl    %esp, %ebp
        cld
        pushl   $0                      # not out of a translator
        pushl   $0                      # no catch block's guard
        pushl   $0                      # depth of catch blocks
        pushl   %eax
        pushl   20(%ebp)
        pushl   16(%ebp)
        pushl   12(%ebp)
        pushl   8(%ebp)
        calll   ___InternalCxxFrameHandler
        leave
        ret

# void *_CallSettingFrame(funclet, ebp): a funclet keeps no register but EBP and ESP.
        function __CallSettingFrame
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        movl    8(%ebp), %eax
        movl    12(%ebp), %ecx
        pushl   %ebp
        movl    %ecx, %ebp
        calll   *%eax
        popl    %ebp
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        ret

# void _UnwindNestedFrames(target, record): unwinds up to `target`. The dispatcher's own record is
# linked again then: a catch block runs, as a handler does, within the dispatch of its exception.
        function __UnwindNestedFrames
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   %fs:0                   # on the stack: RtlUnwind may destroy all registers
        pushl   %ebp
        pushl   $0
        pushl   12(%ebp)
        pushl   $Lnested_unwound
        pushl   8(%ebp)
        calll   _RtlUnwind@16
Lnested_unwound:
        popl    %ebp
        movl    12(%ebp), %eax
        andl    $~2, 4(%eax)            # EXCEPTION_UNWINDING: the record will be asked about again
        popl    %ecx
        movl    %fs:0, %eax
        movl    %eax, (%ecx)
        movl    %ecx, %fs:0
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        ret

# void _JumpToContinuation(target, frame): ends the dispatch: unlinks the dispatcher's record and
# goes on in the function, where its body's ESP and EBP = frame + 12 are expected.
        function __JumpToContinuation
        movl    4(%esp), %ecx
        movl    8(%esp), %edx
        movl    %fs:0, %eax
        movl    (%eax), %eax
        movl    %eax, %fs:0
        movl    -4(%edx), %esp
        leal    12(%edx), %ebp
        jmpl    *%ecx

# int _CallSETranslator(record, frame, context, info, depth, marker, translator): lets the program
# make a C++ exception of a foreign one. 0: the translator came back; 1: it threw what this frame
# does not catch. While it runs, its guard is linked:
#   G+0 Next   G+4 handler   G+8 info   G+12 frame   G+16 depth   G+20 marker   G+24 EBP
        function __CallSETranslator
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   %ebp
        pushl   28(%ebp)
        pushl   24(%ebp)
        pushl   12(%ebp)
        pushl   20(%ebp)
        pushl   $__TranslatorGuardHandler
        pushl   %fs:0
        movl    %esp, %fs:0
        pushl   16(%ebp)                # EXCEPTION_POINTERS
        pushl   8(%ebp)
        movl    8(%ebp), %eax
        movl    %esp, %ecx
        pushl   %ecx
        pushl   (%eax)
        calll   *32(%ebp)
        addl    $16, %esp
        xorl    %eax, %eax
Ltranslated:
        popl    %fs:0
        addl    $24, %esp
        popl    %edi
        popl    %esi
        popl    %ebx
        leave
        ret

# The guard's handler: the exception out of the translator is offered to the frame that the
# translator was called for. Does that not catch it, it is forgotten, and the search for the
# foreign exception goes on.
        function __TranslatorGuardHandler
        .data                           # in .text, clang-19 would stay in .sxdata
        .safeseh __TranslatorGuardHandler
        .text
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        movl    8(%ebp), %eax
        testl   $6, 4(%eax)
        jnz     Lguard_unwound
        movl    12(%ebp), %ebx
        pushl   $1
        pushl   20(%ebx)
        pushl   16(%ebx)
        pushl   8(%ebx)
        pushl   $0
        pushl   16(%ebp)
        pushl   12(%ebx)
        pushl   8(%ebp)
        calll   ___InternalCxxFrameHandler
        addl    $32, %esp
        pushl   8(%ebp)
        pushl   %ebx
        calll   __UnwindNestedFrames
        movl    %ebx, %esp
        movl    24(%ebx), %ebp
        movl    $1, %eax
        jmp     Ltranslated
Lguard_unwound:
        movl    $1, %eax                # ExceptionContinueSearch
        popl    %ebx
        leave
        ret
