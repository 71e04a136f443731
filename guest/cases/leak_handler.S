# A handler that does not return and does not unwind: it loads the ESP of an outer frame and jumps
# there. The dispatcher's own record, which protects the handler's call (facts 3.4), stays linked,
# and the program links the next one on top of it.
#include "cases/frames.inc"

        function start
        pushl   %ebp
        movl    %esp, %ebp
        push_record _jumps
        movl    %esp, frame
        fault
Lback:
        push_record _jumps
        exit    0

        function jumps
        movl    frame, %esp
        jmp     Lback

        .data
frame:  .long   0
