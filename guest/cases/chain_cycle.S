# A record whose Next is the record itself, with a handler that always searches on. Windows without
# SEHOP walks such a chain for ever (facts 3.2 E1); with SEHOP it is refused.
#include "cases/frames.inc"

        .globl  _start
_start:
        push_record Lsearch_on
        movl    %esp, (%esp)
        xorl    %eax, %eax
        movl    (%eax), %eax
        exit    0

Lsearch_on:
        movl    $CONTINUE_SEARCH, %eax
        ret
