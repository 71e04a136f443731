# Two handlers for the SafeSEH table and one that is not in it; a label inside of a function.
    .globl @feat.00
    .set @feat.00, 1
    .data                           # in .text, clang-19 would stay in .sxdata
    .safeseh _handler_one
    .safeseh _handler_two
    .text

    .def _handler_one; .scl 2; .type 32; .endef
    .globl _handler_one
_handler_one:
    movl $1, %eax
inner_label:
    nop
    ret

    .def _handler_two; .scl 3; .type 32; .endef
_handler_two:
    movl $1, %eax
    ret

    .def _not_listed; .scl 2; .type 32; .endef
    .globl _not_listed
_not_listed:
    movl $1, %eax
    ret
