# The smallest program: ends at once, with exit code 0.
        .globl  _start
_start:
        pushl   $0
        calll   *__imp__ExitProcess@4
