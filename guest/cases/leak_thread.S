# A thread's routine links a record and returns without unlinking it: the thread ends with a record
# of a frame that is gone.
#include "cases/frames.inc"

        function start
        pushl   %ebp
        movl    %esp, %ebp
        pushl   $0
        pushl   $0
        pushl   $0
        pushl   $_routine
        pushl   $0
        pushl   $0
        calll   *__imp__CreateThread@24
        pushl   $0xffffffff
        pushl   %eax
        calll   *__imp__WaitForSingleObject@8
        exit    0

        function routine
        pushl   %ebp
        movl    %esp, %ebp
        room
        push_record _skips
        movl    $0, %eax
        leave
        ret     $4

        skip_handler skips
