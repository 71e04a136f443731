# A handler lets the program go on in an outer frame, with the ESP of that frame, and does not unwind
# the frames between: the record of the function that faulted stays linked (RtlUnwind is what
# unlinks it; facts 3.6). The program ends with it.
#include "cases/frames.inc"
        .set    CONTEXT_ESP, 0xc4

        function start
        pushl   %ebp
        movl    %esp, %ebp
        push_record _takes
        movl    %esp, frame
        calll   _faults
Lback:
        exit    0

        function faults
        pushl   %ebp
        movl    %esp, %ebp
        room
        push_record _searches_on
        fault
        pop_record
        leave
        ret

        function takes
        movl    12(%esp), %eax
        movl    $Lback, CONTEXT_EIP(%eax)
        movl    frame, %ecx
        movl    %ecx, CONTEXT_ESP(%eax)
        movl    $CONTINUE_EXECUTION, %eax
        ret

        function searches_on
        movl    $CONTINUE_SEARCH, %eax
        ret

        .data
frame:  .long   0
