# Functions that kernel32 passes on to ntdll with a jump, as Windows' own does: their frames must
# be the caller's.
        .globl  @feat.00
        .set    @feat.00, 1

        .macro  pass_on name, bytes
        .globl  _\name\()Stub@\bytes
        .def    _\name\()Stub@\bytes; .scl 2; .type 32; .endef
_\name\()Stub@\bytes:
        jmpl    *__imp__\name@\bytes
        .endm

        pass_on RtlUnwind, 16
        pass_on RtlCaptureContext, 4
        pass_on RtlCaptureStackBackTrace, 16
