# A frame with a registration record that is linked by hand, as compilers do (LAB_OP_RECORD):
#
#   R+0 Next    R+4 Handler    R+8 the operation's id    R+12 the live record before it
#   R+16 EDI    R+20 ESI       R+24 EBX                  R+28 the caller's EBP <- EBP
        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

        .set    STANDING_RECORDS, 4

        .text
# void record_frame(uint32_t id): returns when the frame is left, by END or by landing in it.
        function _record_frame
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   _standing+STANDING_RECORDS
        pushl   8(%ebp)
        pushl   $_record_handler
        pushl   %fs:0
        movl    %esp, %fs:0
        movl    %esp, _standing+STANDING_RECORDS
        pushl   $0
        calll   _run_c_frame
        addl    $4, %esp
Lleave:
        popl    %fs:0
        addl    $12, %esp
        popl    %edi
        popl    %esi
        popl    %ebx
        popl    %ebp
        ret

# land(Record *): goes on in the frame that has it; it is fs:[0].
        function _land
        movl    4(%esp), %esp
        leal    28(%esp), %ebp
        jmp     Lleave

# void unwind_to(void *target, EXCEPTION_RECORD *): RtlUnwind, which leaves no register alone.
        function _unwind_to
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   $0
        pushl   12(%ebp)
        pushl   $Lunwound
        pushl   8(%ebp)
        calll   _RtlUnwind@16
Lunwound:
        leal    -12(%ebp), %esp
        popl    %edi
        popl    %esi
        popl    %ebx
        popl    %ebp
        ret
