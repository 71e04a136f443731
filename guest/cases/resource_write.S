# A write to the program's own resources, which are read-only. Nobody handles the fault, but the
# base frame's filter makes the page writable and the write is done again
# (facts 3.9, step 1). Exit code 7, read back from there.
#include "cases/frames.inc"

        .globl  _start
_start:
        movl    $7, Lresource
        pushl   Lresource
        calll   *__imp__ExitProcess@4

        .section .rsrc,"dr"
Lresource:
        .long   0
