# Where the compiler finds the vector of thread-local blocks: TEB.ThreadLocalStoragePointer.
        .globl  @feat.00
        .set    @feat.00, 1
        .globl  __tls_array
        .set    __tls_array, 0x2c
