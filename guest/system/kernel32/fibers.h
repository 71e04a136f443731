/* A fiber: what SwitchToFiber keeps of it while another runs. The first five fields lie where
 * Windows has them: GetFiberData of the SDK's headers reads the first through fs:[0x10]. */
#ifndef SYSTEM_KERNEL32_FIBERS_H
#define SYSTEM_KERNEL32_FIBERS_H

#define FIBER_EXCEPTION_LIST 0x04
#define FIBER_STACK_BASE 0x08
#define FIBER_STACK_LIMIT 0x0c
#define FIBER_DEALLOCATION_STACK 0x10
#define FIBER_ESP 0x14
#define FIBER_FLS_DATA 0x18
#define FIBER_GUARANTEED_BYTES 0x1c
#define FIBER_FLOATS 0x20
#define FIBER_FPU_CONTROL 0x24
#define FIBER_MXCSR 0x28

#endif
