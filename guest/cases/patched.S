# Handlers that other functions write over after their records were linked, as a buffer that
# overflows does: of the innermost record, and of one further out, where nobody looks at each
# instruction. The new handlers are good ones, so the program notices nothing.
#include "cases/frames.inc"

        function start
        pushl   %ebp
        movl    %esp, %ebp
        push_record _skips
        movl    %esp, %ecx
        calll   _writes                 # the innermost record
        fault
        movl    $_skips, 4(%esp)         # its own function may
        calll   _calls
        fault
        exit    0

        function calls
        push_record _searches_on
        leal    12(%esp), %ecx
        calll   _writes                 # the outer record
        pop_record
        ret

        function writes
        movl    $_skips_too, 4(%ecx)
        ret

        skip_handler skips
        skip_handler skips_too

        function searches_on
        movl    $CONTINUE_SEARCH, %eax
        ret
