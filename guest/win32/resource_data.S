# The resources of the program of resources.c, in the layout of Microsoft's PE format (".rsrc
# section"): types RCDATA (10) and STRING (6), and "KIND"; RCDATA 7 in two languages.
        .section .rsrc,"dr"
root:
        .long   0, 0, 0
        .short  1, 2                            # names, then numbers in their order
        .long   0x80000000 + text_kind - root, 0x80000000 + kind - root
        .long   6, 0x80000000 + strings - root
        .long   10, 0x80000000 + rcdata - root
kind:
        .long   0, 0, 0
        .short  1, 0
        .long   0x80000000 + text_name - root, 0x80000000 + kind_name - root
kind_name:
        .long   0, 0, 0
        .short  0, 1
        .long   0, entry_third - root
strings:
        .long   0, 0, 0
        .short  0, 1
        .long   2, 0x80000000 + block - root    # strings 16 to 31
block:
        .long   0, 0, 0
        .short  0, 1
        .long   0x409, entry_block - root
rcdata:
        .long   0, 0, 0
        .short  0, 1
        .long   7, 0x80000000 + seven - root
seven:
        .long   0, 0, 0
        .short  0, 2
        .long   0x407, entry_first - root
        .long   0x409, entry_second - root

entry_first:
        .rva    first
        .long   5, 0, 0
entry_second:
        .rva    second
        .long   6, 0, 0
entry_third:
        .rva    third
        .long   3, 0, 0
entry_block:
        .rva    block_data
        .long   block_end - block_data, 0, 0

text_kind:
        .short  4, 'K', 'I', 'N', 'D'
text_name:
        .short  4, 'N', 'A', 'M', 'E'
first:  .ascii  "first"
second: .ascii  "second"
third:  .ascii  "abc"
        .p2align 1
block_data:
        .short  0                               # 16: none
        .short  5, 'h', 'e', 'l', 'l', 'o'      # 17
        .zero   14 * 2
block_end:
