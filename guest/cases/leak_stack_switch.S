# What Go issue 7470 is made of: code on a stack of the program's own calls a function on the
# thread's stack, which links a record and calls back to the other stack; from there the thread
# comes back to the thread's stack above the record, and nobody unlinks it.
#include "cases/frames.inc"

        function start
        pushl   %ebp
        movl    %esp, %ebp
        movl    %esp, os_stack
        calll   _calls_back
Lback:
        push_record _skips
        exit    0

        function calls_back
        pushl   %ebp
        movl    %esp, %ebp
        push_record _skips
        movl    $own_stack_end, %esp
        calll   _gives_back
        hlt

        function gives_back
        movl    os_stack, %esp
        jmp     Lback

        skip_handler skips

        .data
os_stack: .long 0
        .bss
        .balign 16
        .space  4096
own_stack_end:
