# Code on the stack: it runs where DEP is off (an image without NX_COMPAT on client Windows), exit code
# 42, and is an access violation {8, its address} where DEP is on (facts 2.1, row 0E).
#include "cases/frames.inc"

        .globl  _start
_start:
        pushl   $0x0000c300             # movl $42, %eax; ret
        pushl   $0x00002ab8
        movl    %esp, %ecx
        calll   *%ecx
        addl    $8, %esp
        pushl   %eax
        calll   *__imp__ExitProcess@4
