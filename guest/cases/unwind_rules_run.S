# do_unwind(target, record, value): RtlUnwind with marks in EBX, ESI and EDI; returns what it returned in
# EAX and notes the marks. escape() leaves whatever runs below and returns from do_unwind with -1.
        .globl  _do_unwind, _escape, _ebx_after
_do_unwind:
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushl   %ebp
        movl    %esp, unwind_esp
        movl    $0x0b0b0b0b, %ebx
        pushl   16(%ebp)
        pushl   12(%ebp)
        pushl   $0
        pushl   8(%ebp)
        calll   *__imp__RtlUnwind@16
        movl    %ebx, _ebx_after
Lleave: movl    unwind_esp, %esp
        popl    %ebp
        popl    %edi
        popl    %esi
        popl    %ebx
        popl    %ebp
        ret

_escape:
        cld
        movl    $-1, %eax
        jmp     Lleave

        .bss
        .p2align 2
unwind_esp: .skip 4
_ebx_after: .skip 4
