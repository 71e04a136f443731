# KiUserApcDispatcher(routine, argument1, argument2, argument3, CONTEXT): the kernel sends a thread
# here, in a frame that it laid on the thread's stack (host/process/apcs.cpp). It is not called:
# nothing returns to it but the routine, which pops its three arguments.
        .globl  @feat.00
        .set    @feat.00, 1

        .text
        .globl  _KiUserApcDispatcher
        .def    _KiUserApcDispatcher; .scl 2; .type 32; .endef
_KiUserApcDispatcher:
        leal    16(%esp), %edi          # the CONTEXT; a routine preserves EDI
        popl    %eax
        calll   *%eax
        pushl   $1                      # look for another call first
        pushl   %edi
        calll   _NtContinue@8
        pushl   %eax                    # the routine broke the CONTEXT
        calll   _RtlRaiseStatus@4
        ud2
