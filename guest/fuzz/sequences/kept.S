# uint32_t call_kept(void *function): calls it with 0, or nothing, as its argument, and tells whether
# it has kept the registers that calls keep: 0, or 1 if not.
        .globl  _call_kept
        .def    _call_kept; .scl 2; .type 32; .endef

        .set    EBX_VALUE, 0x5eb0b0b1
        .set    ESI_VALUE, 0x5e515152
        .set    EDI_VALUE, 0x5ed1d1d2

        .text
_call_kept:
        pushl   %ebp
        movl    %esp, %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        movl    $EBX_VALUE, %ebx
        movl    $ESI_VALUE, %esi
        movl    $EDI_VALUE, %edi
        pushl   $0
        calll   *8(%ebp)
        movl    $1, %eax
        cmpl    $EBX_VALUE, %ebx
        jne     Lreturn
        cmpl    $ESI_VALUE, %esi
        jne     Lreturn
        cmpl    $EDI_VALUE, %edi
        jne     Lreturn
        xorl    %eax, %eax
Lreturn:
        leal    -12(%ebp), %esp
        popl    %edi
        popl    %esi
        popl    %ebx
        popl    %ebp
        ret
