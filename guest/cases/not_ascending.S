# A record that is linked to one at a lower address. Older frames lie higher, so a chain ascends;
# dispatch does not ask (facts 3.2 E1), SEHOP refuses the whole chain (3.2 D).
#include "cases/frames.inc"

        function start
        pushl   %ebp
        movl    %esp, %ebp
        subl    $64, %esp
        movl    %fs:0, %eax
        movl    %eax, (%esp)            # the lower one first
        movl    $_skips, 4(%esp)
        movl    %esp, %fs:0
        movl    %esp, 32(%esp)
        movl    $_skips, 36(%esp)
        leal    32(%esp), %eax
        movl    %eax, %fs:0
        fault
        exit    0

        skip_handler skips
