# 400 sections beside .text: 406 headers do not fit into one page. (Windows XP's loader took at most 96,
# later ones take what the header's 16 bits can say.)
.intel_syntax noprefix
.globl _start
.text
_start:
    xor eax, eax        # the thread's routine returns 0: the process ends with it
    ret

.macro one_more
    .section .s\@,"dw"
    .long 0x5eb0000 + \@
.endm
.rept 400
    one_more
.endr
