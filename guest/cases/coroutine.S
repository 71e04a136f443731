# Correct code that changes stacks by hand: a coroutine with a chain of its own, whose switch sets
# fs:[0], StackBase, StackLimit and ESP one after the other, in an order of its own each way. Between
# two of these instructions head, limits and ESP do not fit together, and nothing relies on that.
#include "cases/frames.inc"
        .set    STACK_BASE, 4
        .set    STACK_LIMIT, 8

        function start
        pushl   %ebp
        movl    %esp, %ebp
        push_record _skips
        movl    $own_stack_end, %eax
        subl    $8, %eax
        movl    $0xffffffff, 4(%eax)    # the chain of the coroutine is empty
        movl    $_coroutine, (%eax)     # and there it begins
        movl    %eax, other_esp
        movl    $0xffffffff, other_head
        movl    $own_stack_end, other_base
        movl    $own_stack, other_limit
        movl    $100, %esi
Lagain:
        calll   _switch_to
        fault
        decl    %esi
        jnz     Lagain
        pop_record
        exit    0

        function coroutine
        push_record _skips
        push_record _skips
Lturn:
        fault
        calll   _switch_back
        jmp     Lturn

# head, base, limit, ESP
        function switch_to
        movl    %fs:0, %eax
        xchgl   %eax, other_head
        movl    %eax, %fs:0
        movl    %fs:STACK_BASE, %eax
        xchgl   %eax, other_base
        movl    %eax, %fs:STACK_BASE
        movl    %fs:STACK_LIMIT, %eax
        xchgl   %eax, other_limit
        movl    %eax, %fs:STACK_LIMIT
        xchgl   %esp, other_esp
        ret

# ESP, limit, base, head
        function switch_back
        xchgl   %esp, other_esp
        movl    %fs:STACK_LIMIT, %eax
        xchgl   %eax, other_limit
        movl    %eax, %fs:STACK_LIMIT
        movl    %fs:STACK_BASE, %eax
        xchgl   %eax, other_base
        movl    %eax, %fs:STACK_BASE
        movl    %fs:0, %eax
        xchgl   %eax, other_head
        movl    %eax, %fs:0
        ret

        skip_handler skips

        .data
other_head: .long 0
other_base: .long 0
other_limit: .long 0
other_esp: .long 0
        .bss
        .balign 4096
own_stack:
        .space  16384
own_stack_end:
