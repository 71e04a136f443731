# A function that links a record and returns without unlinking it; the next one to link a record
# links it on top of a dead one. Nothing fails here: the dead record's words are intact.
#include "cases/frames.inc"

        function start
        calll   _leaks
        calll   _links
        exit    0

        function leaks
        pushl   %ebp
        movl    %esp, %ebp
        push_record _skips
        leave
        ret

        function links
        pushl   %ebp
        movl    %esp, %ebp
        subl    $16, %esp               # the dead record lies here, and is not written
        push_record _skips
        pop_record
        leave
        ret

        skip_handler skips
