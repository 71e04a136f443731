# A thread's routine, and the program's own, that bring back no register but ESP and EAX, as Go's
# do. Windows goes on with EAX alone. Exit code 42.
        .text
        .globl  _start
        .def    _start; .scl 2; .type 32; .endef
_start:
        subl    $8, %esp
        leal    (%esp), %eax
        pushl   %eax            # id
        pushl   $0
        pushl   $40             # parameter
        pushl   $routine
        pushl   $0
        pushl   $0
        calll   _CreateThread@24
        movl    %eax, (%esp)
        pushl   $-1
        pushl   %eax
        calll   _WaitForSingleObject@8
        leal    4(%esp), %eax
        pushl   %eax
        pushl   4(%esp)
        calll   _GetExitCodeThread@8
        movl    4(%esp), %eax
        incl    %eax
        addl    $8, %esp
        jmp     lose_registers

routine:
        movl    4(%esp), %eax
        incl    %eax
lose_registers:
        movl    $0xbad00ebb, %ebx
        movl    $0xbad00eb9, %ebp
        movl    $0xbad00e51, %esi
        movl    $0xbad00ed1, %edi
        ret     $4
