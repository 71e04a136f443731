# _EH_prolog: the frame of a function with C++ objects, EAX = its handler thunk. Exported by the
# runtime's DLLs too. Afterwards: EBP-12 Next   EBP-8 Handler   EBP-4 state (-1).

        .globl  @feat.00
        .set    @feat.00, 1

        .text
        .globl  __EH_prolog
        .def    __EH_prolog; .scl 2; .type 32; .endef
__EH_prolog:
        pushl   $-1
        pushl   %eax
        pushl   %fs:0
        movl    12(%esp), %eax          # return address
        movl    %esp, %fs:0
        movl    %ebp, 12(%esp)
        leal    12(%esp), %ebp
        pushl   %eax
        ret
