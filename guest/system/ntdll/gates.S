# The gates of ntdll: where the emulated system ends and the host begins.

# The end of ExecuteHandler. The host calls the handler; but who unwinds the stack without records
# (libgcc's DWARF unwinder, GNAT) knows this place by its instructions: `mov ecx, [ebp+18h]; call ecx`
# in front of the return address, `mov esp, fs:[0]` at it (facts: seh-x86.md 1.5 and 3.4).
        .macro  gate_HANDLER name, bytes
        movl    0x18(%ebp), %ecx
        calll   *%ecx
        .globl  _RtlpHandlerReturnAddress
        .def    _RtlpHandlerReturnAddress; .scl 2; .type 32; .endef
_RtlpHandlerReturnAddress:
        movl    %fs:0, %esp
        gate_interrupt _\name
        popl    %fs:0
        movl    %ebp, %esp
        popl    %ebp
        ret     $0x14
        .endm

#define LAB_STUB_IN_ntdll(name, bytes, convention) gate_##convention name, bytes ;
#include "system/gate_stub.inc"

# Handlers that the dispatcher itself registers.
        .data                           # in .text, clang-19 would stay in .sxdata
        .safeseh _RtlpExceptionProtector
        .safeseh _RtlpUnwindProtector
        .text
