# A function of a fiber returns without unlinking its record. The fiber is left and comes back, with its
# chain, before it links another record on top of the dead one.
#include "cases/frames.inc"

        function start
        pushl   $0
        calll   *__imp__ConvertThreadToFiber@4
        movl    %eax, main_fiber
        pushl   $0
        pushl   $_routine
        pushl   $0
        calll   *__imp__CreateFiber@12
        movl    %eax, %esi
        pushl   %esi
        calll   *__imp__SwitchToFiber@4
        pushl   %esi
        calll   *__imp__SwitchToFiber@4
        exit    0

        function routine
        pushl   %ebp
        movl    %esp, %ebp
        calll   _leaks
        pushl   main_fiber
        calll   *__imp__SwitchToFiber@4
        push_record _skips
        pushl   main_fiber
        calll   *__imp__SwitchToFiber@4
        hlt

        function leaks
        pushl   %ebp
        movl    %esp, %ebp
        room
        push_record _skips
        leave
        ret

        skip_handler skips

        .data
main_fiber: .long 0
