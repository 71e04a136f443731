# Loops for ever: what a budget is for.
        .globl  _start
_start:
        jmp     _start
