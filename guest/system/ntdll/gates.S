# The gates of ntdll: where the emulated system ends and the host begins.
#define LAB_STUB_IN_ntdll(name, bytes, convention) gate_##convention name, bytes ;
#include "system/gate_stub.inc"

# Handlers that the dispatcher itself registers.
        .safeseh _RtlpExceptionProtector
        .safeseh _RtlpUnwindProtector
