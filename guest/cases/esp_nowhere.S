# A stack pointer to nowhere: the push faults, and the frame of the exception cannot be written
# below it either. No handler is asked; the process ends with C0000005 (facts 1.4).
#include "cases/frames.inc"

        .globl  _start
_start:
        push_record Lnever_asked
        movl    $0x10, %esp
        pushl   %eax
        exit    0

Lnever_asked:
        exit    1
