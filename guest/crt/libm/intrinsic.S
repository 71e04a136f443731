# _CIsin and its kin: what compilers call with arguments on the x87's stack, the last in ST(0), and
# the result there. They are the functions themselves.
        .globl  @feat.00
        .set    @feat.00, 1

        .macro  one name
        .globl  __CI\name
        .def    __CI\name; .scl 2; .type 32; .endef
__CI\name:
        subl    $12, %esp
        fstpl   (%esp)
        calll   _\name
        addl    $12, %esp
        ret
        .endm

        .macro  two name
        .globl  __CI\name
        .def    __CI\name; .scl 2; .type 32; .endef
__CI\name:
        subl    $20, %esp
        fstpl   8(%esp)
        fstpl   (%esp)
        calll   _\name
        addl    $20, %esp
        ret
        .endm

        .text
        one     sin
        one     cos
        one     tan
        one     asin
        one     acos
        one     atan
        one     sinh
        one     cosh
        one     tanh
        one     exp
        one     log
        one     log10
        one     sqrt
        two     pow
        two     atan2
        two     fmod
