# Correct code with habits that look like defects: a record that is linked before its handler is
# filled in, one whose own function changes its handler, one that is moved and linked where it is
# now, one that is taken out of the middle of the chain.
#include "cases/frames.inc"

        function start
        pushl   %ebp
        movl    %esp, %ebp
        subl    $32, %esp
        movl    %fs:0, %eax
        movl    %eax, 16(%esp)
        leal    16(%esp), %eax
        movl    %eax, %fs:0             # linked
        movl    $_skips, 20(%esp)        # and filled in
        fault
        movl    $_skips_too, 20(%esp)       # another handler from here on
        fault
        movl    16(%esp), %eax          # moved
        movl    %eax, (%esp)
        movl    20(%esp), %eax
        movl    %eax, 4(%esp)
        movl    %esp, %fs:0
        fault
        push_record _skips
        push_record _skips
        movl    8(%esp), %eax           # the middle one is taken out
        movl    %eax, (%esp)
        fault
        pop_record
        addl    $8, %esp
        fault
        movl    (%esp), %eax
        movl    %eax, %fs:0
        exit    0

        skip_handler skips
        skip_handler skips_too
