# VOID SwitchToFiber(fiber): the callee-saved registers stay on the stack of the fiber that is
# left; its chain, its stack's bounds and its fiber-local storage go into its FIBER.
#include "system/kernel32/fibers.h"

#define TEB_FIBER_DATA 0x10
#define TEB_DEALLOCATION_STACK 0xe0c
#define TEB_GUARANTEED_BYTES 0xf78
#define TEB_FLS_DATA 0xfb4

        .globl  @feat.00
        .set    @feat.00, 1

        # from TEB to FIBER (EDX), from FIBER (ECX) to TEB
        .macro  keep teb, fiber
        movl    %fs:\teb, %eax
        movl    %eax, \fiber(%edx)
        .endm
        .macro  give fiber, teb
        movl    \fiber(%ecx), %eax
        movl    %eax, %fs:\teb
        .endm

        .text
        .globl  _SwitchToFiber@4
        .def    _SwitchToFiber@4; .scl 2; .type 32; .endef
_SwitchToFiber@4:
        movl    4(%esp), %ecx
        movl    %fs:TEB_FIBER_DATA, %edx
        pushl   %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        keep    0, FIBER_EXCEPTION_LIST
        keep    8, FIBER_STACK_LIMIT            # it grows
        keep    TEB_FLS_DATA, FIBER_FLS_DATA
        keep    TEB_GUARANTEED_BYTES, FIBER_GUARANTEED_BYTES
        movl    %esp, FIBER_ESP(%edx)
        cmpl    $0, FIBER_FLOATS(%edx)
        je      Lfloats_kept
        fnstcw  FIBER_FPU_CONTROL(%edx)
        stmxcsr FIBER_MXCSR(%edx)
Lfloats_kept:
        movl    %ecx, %fs:TEB_FIBER_DATA
        give    FIBER_STACK_BASE, 4
        give    FIBER_STACK_LIMIT, 8
        give    FIBER_DEALLOCATION_STACK, TEB_DEALLOCATION_STACK
        give    FIBER_FLS_DATA, TEB_FLS_DATA
        give    FIBER_GUARANTEED_BYTES, TEB_GUARANTEED_BYTES
        give    FIBER_EXCEPTION_LIST, 0
        movl    FIBER_ESP(%ecx), %esp
        cmpl    $0, FIBER_FLOATS(%ecx)
        je      Lfloats_given
        fldcw   FIBER_FPU_CONTROL(%ecx)
        ldmxcsr FIBER_MXCSR(%ecx)
Lfloats_given:
        popl    %edi
        popl    %esi
        popl    %ebx
        popl    %ebp
        ret     $4
