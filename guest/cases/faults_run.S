# run_row(code, row): calls the code with EBX, ESI and EDI on the data's pages and ECX and EDX as marks,
# under a record whose handler (C, on_fault) notes what it was given and comes back to recovered.
        .globl  _run_row, _recovered, _row_esp
_run_row:
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   $_on_fault
        pushl   %fs:0
        movl    %esp, %fs:0
        movl    %esp, _row_esp
        movl    $0x21002000, %ebx       # read-only
        movl    $0x21000000, %esi       # read and write
        movl    $0x21003000, %edi       # guarded
        movl    $0x11111111, %ecx
        movl    $0x22222222, %edx
        xorl    %eax, %eax
        calll   *8(%ebp)
_recovered:
        cld
        fninit
        pushl   $0x1f80
        ldmxcsr (%esp)
        movl    _row_esp, %esp
        popl    %fs:0
        addl    $4, %esp
        popl    %edi
        popl    %esi
        popl    %ebx
        popl    %ebp
        ret

        .bss
        .p2align 2
_row_esp: .skip 4
