# _setjmp, _setjmp3 and longjmp (facts 1.7, 3.7). A jump buffer B:
#   B+0 EBP   B+4 EBX   B+8 EDI   B+12 ESI   B+16 ESP   B+20 EIP
#   B+24 registration record   B+28 try level   B+32 'VC20'   B+36 unwind function   B+40 data[6]

        .globl  @feat.00
        .set    @feat.00, 1
        .set    VC20, 0x56433230

        .macro  function symbol
        .globl  \symbol
        .def    \symbol; .scl 2; .type 32; .endef
\symbol:
        .endm

# EDX = B: what both kinds save
        .macro  save_registers
        movl    4(%esp), %edx
        movl    %ebp, (%edx)
        movl    %ebx, 4(%edx)
        movl    %edi, 8(%edx)
        movl    %esi, 12(%edx)
        movl    %esp, 16(%edx)
        movl    (%esp), %eax
        movl    %eax, 20(%edx)
        movl    %fs:0, %eax
        movl    %eax, 24(%edx)
        .endm

        .text
# int _setjmp(B), of compilers before Visual C++ 4.2: the first six fields, the record and the level
# that _except_handler3's frames keep in its fourth dword.
        function __setjmp
        save_registers
        movl    $-1, %ecx
        cmpl    $-1, %eax
        je      Lno_frame
        movl    12(%eax), %ecx
Lno_frame:
        movl    %ecx, 28(%edx)
        xorl    %eax, %eax
        ret

# int _setjmp3(B, count, unwind function, level, data ...)
        function __setjmp3
        save_registers
        movl    $VC20, 32(%edx)
        movl    $0, 36(%edx)
        movl    $-1, 28(%edx)
        cmpl    $-1, %eax
        je      Lset
        movl    8(%esp), %ecx           # count
        testl   %ecx, %ecx
        jz      Llevel_of_frame
        pushl   12(%esp)
        popl    36(%edx)
        decl    %ecx
        jz      Llevel_of_frame
        pushl   16(%esp)
        popl    28(%edx)
        decl    %ecx
        jz      Lset
        cmpl    $6, %ecx
        jbe     Lcopy
        movl    $6, %ecx
Lcopy:
        pushl   %esi
        pushl   %edi
        leal    28(%esp), %esi
        leal    40(%edx), %edi
        rep movsl
        popl    %edi
        popl    %esi
        jmp     Lset
Llevel_of_frame:
        movl    12(%eax), %eax
        movl    %eax, 28(%edx)
Lset:
        xorl    %eax, %eax
        ret

# void longjmp(B, value): unwinds the frames below B's record, then, as far as the setjmp asked for
# it, the __try blocks or objects of that frame itself, and goes back.
        function _longjmp
        movl    4(%esp), %ebx           # nothing of the caller's is needed any more
        movl    8(%esp), %esi
        movl    (%ebx), %ebp
        movl    24(%ebx), %edi
        cmpl    %fs:0, %edi
        je      Lframes_done
        pushl   %edi
        calll   __global_unwind2
        addl    $4, %esp
Lframes_done:
        testl   %edi, %edi
        jz      Lrestore
        cmpl    $-1, %edi
        je      Lrestore
        cmpl    $VC20, 32(%ebx)
        jne     Lold_buffer
        movl    36(%ebx), %eax
        testl   %eax, %eax
        jz      Lrestore
        pushl   %ebx
        calll   *%eax                   # stdcall
        jmp     Lrestore
Lold_buffer:
        pushl   28(%ebx)
        pushl   %edi
        calll   __local_unwind2
        addl    $8, %esp
Lrestore:
        movl    %ebx, %edx
        movl    %esi, %eax
        testl   %eax, %eax
        jnz     Lvalue
        incl    %eax                    # setjmp returns 0 only once
Lvalue:
        movl    (%edx), %ebp
        movl    4(%edx), %ebx
        movl    8(%edx), %edi
        movl    12(%edx), %esi
        movl    16(%edx), %esp
        addl    $4, %esp
        jmpl    *20(%edx)

# void _seh_longjmp_unwind(B): the unwind function of frames of _except_handler3. stdcall.
        function __seh_longjmp_unwind@4
        pushl   %ebp
        movl    8(%esp), %ecx
        movl    (%ecx), %ebp
        pushl   28(%ecx)
        pushl   24(%ecx)
        calll   __local_unwind2
        addl    $8, %esp
        popl    %ebp
        ret     $4

# void _seh_longjmp_unwind4(B): the same for _except_handler4; its data[0] is the cookie's address.
        function __seh_longjmp_unwind4@4
        pushl   %ebp
        movl    8(%esp), %ecx
        movl    (%ecx), %ebp
        pushl   28(%ecx)
        pushl   24(%ecx)
        pushl   40(%ecx)
        calll   __local_unwind4
        addl    $12, %esp
        popl    %ebp
        ret     $4
