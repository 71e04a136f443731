# type_info's vftable, which every image with type descriptors has for itself: the descriptors are
# objects of it. (clang never defines it: it takes it for the runtime's.)

        .globl  @feat.00
        .set    @feat.00, 1

        .section .rdata,"dr"
        .globl  "??_7type_info@@6B@"
        .p2align 2
"??_7type_info@@6B@":
        .long   "??_Gtype_info@@UAEPAXI@Z"

        .text
# The destructor that would free it: descriptors are neither made nor freed.
        .globl  "??_Gtype_info@@UAEPAXI@Z"
"??_Gtype_info@@UAEPAXI@Z":
        movl    %ecx, %eax
        ret     $4
