# A longjmp that restores registers and forgets fs:[0], as a runtime's own may (Microsoft's calls
# RtlUnwind first; facts 3.7). The record of the function that was jumped out of stays linked. A
# fault finds its handler, which still works: its words are intact.
#include "cases/frames.inc"

        function start
        pushl   %ebp
        movl    %esp, %ebp
        movl    $buffer, %eax
        movl    %ebp, (%eax)
        movl    %esp, 4(%eax)
        movl    $Lback, 8(%eax)
        calll   _calls
Lback:
        fault
        exit    0

        function calls
        pushl   %ebp
        movl    %esp, %ebp
        room
        push_record _skips
        movl    $buffer, %eax
        calll   _longjmp

        function longjmp
        movl    (%eax), %ebp
        movl    4(%eax), %esp
        jmpl    *8(%eax)

        skip_handler skips

        .data
buffer: .long   0, 0, 0
