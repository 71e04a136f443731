        .globl  __tls_array
        .set    __tls_array, 0x2c       # TEB.ThreadLocalStoragePointer
