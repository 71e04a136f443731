# fs:[0] is set to a value that never was a record: 16, where no memory is. The dispatcher does not
# read what does not lie on the stack (facts 3.2 E1).
#include "cases/frames.inc"

        function start
        movl    $0x10, %fs:0
        fault
        exit    0
