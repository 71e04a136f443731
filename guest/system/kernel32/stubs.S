# Functions that kernel32 passes on to ntdll with a jump, as Windows' own does: their frames must
# be the caller's.
        .globl  @feat.00
        .set    @feat.00, 1

        .globl  _RtlUnwindStub@16
        .def    _RtlUnwindStub@16; .scl 2; .type 32; .endef
_RtlUnwindStub@16:
        jmpl    *__imp__RtlUnwind@16

        .globl  _RtlCaptureContextStub@4
        .def    _RtlCaptureContextStub@4; .scl 2; .type 32; .endef
_RtlCaptureContextStub@4:
        jmpl    *__imp__RtlCaptureContext@4
