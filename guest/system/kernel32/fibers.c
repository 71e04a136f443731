/* Fibers: threads of a program's own making, each with a stack, a chain of handlers and
 * fiber-local storage. */
#include "system/kernel32/fibers.h"

#include "system/kernel32/base.h"
#include "system/ntdll/fls.h"

#define ERROR_ALREADY_FIBER 1280
#define ERROR_ALREADY_THREAD 1281
#define FIBER_FLAG_FLOAT_SWITCH 1
#define TEB_FIBER_DATA 0x10
#define TEB_DEALLOCATION_STACK 0xe0c
#define TEB_GUARANTEED_STACK_BYTES 0xf78
#define TEB_SAME_TEB_FLAGS 0xfc8 /* the word at fca, in the upper half */
#define HAS_FIBER_DATA 0x40000   /* SameTebFlags, bit 2 */
#define NO_FIBER 0x1e00          /* NT_TIB.Version of a thread that is none */
#define DEFAULT_FPU_CONTROL 0x27f
#define DEFAULT_MXCSR 0x1f80

typedef struct FIBER {
  PVOID FiberData;
  ULONG ExceptionList;
  ULONG StackBase, StackLimit, DeallocationStack;
  ULONG Esp;
  PVOID FlsData;
  ULONG GuaranteedStackBytes;
  ULONG SwitchesFloats, FpuControl, Mxcsr;
} FIBER;
_Static_assert(offsetof(FIBER, DeallocationStack) == FIBER_DEALLOCATION_STACK, "fibers.h");
_Static_assert(offsetof(FIBER, Esp) == FIBER_ESP, "fibers.h");
_Static_assert(offsetof(FIBER, Mxcsr) == FIBER_MXCSR, "fibers.h");

BOOL WINAPI IsThreadAFiber(void) {
  return (teb_read(TEB_SAME_TEB_FLAGS) & HAS_FIBER_DATA) != 0;
}

static FIBER* new_fiber(PVOID data, DWORD flags) {
  FIBER* fiber = RtlAllocateHeap(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *fiber);
  if (!fiber) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return 0;
  }
  fiber->FiberData = data;
  fiber->SwitchesFloats = flags & FIBER_FLAG_FLOAT_SWITCH;
  fiber->FpuControl = DEFAULT_FPU_CONTROL;
  fiber->Mxcsr = DEFAULT_MXCSR;
  return fiber;
}

PVOID WINAPI ConvertThreadToFiberEx(PVOID data, DWORD flags) {
  if (flags & ~FIBER_FLAG_FLOAT_SWITCH) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  if (IsThreadAFiber()) {
    SetLastError(ERROR_ALREADY_FIBER);
    return 0;
  }
  FIBER* fiber = new_fiber(data, flags);
  if (!fiber) return 0;
  fiber->StackBase = teb_read(TEB_STACK_BASE);
  fiber->DeallocationStack = teb_read(TEB_DEALLOCATION_STACK);
  teb_write(TEB_FIBER_DATA, (ULONG)fiber);
  teb_write(TEB_SAME_TEB_FLAGS, teb_read(TEB_SAME_TEB_FLAGS) | HAS_FIBER_DATA);
  return fiber;
}

PVOID WINAPI ConvertThreadToFiber(PVOID data) {
  return ConvertThreadToFiberEx(data, 0);
}

BOOL WINAPI ConvertFiberToThread(void) {
  if (!IsThreadAFiber()) {
    SetLastError(ERROR_ALREADY_THREAD);
    return FALSE;
  }
  FIBER* fiber = (FIBER*)teb_read(TEB_FIBER_DATA);
  teb_write(TEB_FIBER_DATA, NO_FIBER);
  teb_write(TEB_SAME_TEB_FLAGS, teb_read(TEB_SAME_TEB_FLAGS) & ~HAS_FIBER_DATA);
  RtlFreeHeap(GetProcessHeap(), 0, fiber);
  return TRUE;
}

static void free_stack(ULONG bottom) {
  PVOID base = (PVOID)bottom;
  SIZE_T bytes = 0;
  NtFreeVirtualMemory(CURRENT_PROCESS, &base, &bytes, MEM_RELEASE);
}

/* A stack as a thread's is: committed from the top, a guard page under that, the rest reserved. */
static BOOL make_stack(FIBER* fiber, SIZE_T commit, SIZE_T reserve) {
  const UCHAR* image = current_peb()->ImageBaseAddress;
  const UCHAR* headers = image + *(const ULONG*)(image + 0x3c);
  if (!reserve) reserve = *(const ULONG*)(headers + 0x60);
  if (!commit) commit = *(const ULONG*)(headers + 0x64);
  commit = (commit + 0xfff) & ~0xfffu;
  if (commit < 0x1000) commit = 0x1000;
  if (reserve <= commit) reserve = (commit + 0xfffff) & ~0xfffffu;
  reserve = (reserve + 0xffff) & ~0xffffu;
  PVOID bottom = 0;
  NTSTATUS status =
      NtAllocateVirtualMemory(CURRENT_PROCESS, &bottom, 0, &reserve, MEM_RESERVE, PAGE_READWRITE);
  if (!succeeded(status)) return FALSE;
  ULONG base = (ULONG)bottom + reserve;
  if (commit > reserve - 0x2000) commit = reserve - 0x2000;
  PVOID used = (PVOID)(base - commit), guard = (PVOID)(base - commit - 0x1000);
  SIZE_T guard_bytes = 0x1000;
  status = NtAllocateVirtualMemory(CURRENT_PROCESS, &used, 0, &commit, MEM_COMMIT, PAGE_READWRITE);
  if (NT_SUCCESS(status)) {
    status = NtAllocateVirtualMemory(CURRENT_PROCESS, &guard, 0, &guard_bytes, MEM_COMMIT,
                                     PAGE_READWRITE | PAGE_GUARD);
  }
  if (!succeeded(status)) {
    free_stack((ULONG)bottom);
    return FALSE;
  }
  fiber->DeallocationStack = (ULONG)bottom;
  fiber->StackBase = base;
  fiber->StackLimit = (ULONG)used;
  return TRUE;
}

typedef VOID(WINAPI* FIBER_START_ROUTINE)(PVOID);

PVOID WINAPI CreateFiberEx(SIZE_T commit, SIZE_T reserve, DWORD flags, FIBER_START_ROUTINE start,
                           PVOID data) {
  if (flags & ~FIBER_FLAG_FLOAT_SWITCH) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  FIBER* fiber = new_fiber(data, flags);
  if (!fiber) return 0;
  if (!make_stack(fiber, commit, reserve)) {
    RtlFreeHeap(GetProcessHeap(), 0, fiber);
    return 0;
  }
  /* What SwitchToFiber pops: EDI to EBP, where to return to, its own argument. The first two are
   * what RtlUserFiberStart looks for. */
  ULONG* top = (ULONG*)fiber->StackBase - 8;
  top[0] = (ULONG)data;
  top[1] = (ULONG)start;
  top[4] = (ULONG)RtlUserFiberStart;
  fiber->Esp = (ULONG)top;
  fiber->ExceptionList = 0xffffffff;
  return fiber;
}

PVOID WINAPI CreateFiber(SIZE_T commit, FIBER_START_ROUTINE start, PVOID data) {
  return CreateFiberEx(commit, 0, 0, start, data);
}

VOID WINAPI DeleteFiber(PVOID handle) {
  FIBER* fiber = handle;
  /* Microsoft's DeleteFiber: "If the currently running fiber calls DeleteFiber, its thread calls
   * ExitThread and terminates." */
  if (IsThreadAFiber() && fiber == (FIBER*)teb_read(TEB_FIBER_DATA)) ExitThread(1);
  RtlProcessFlsData(fiber->FlsData, RTLP_FLS_CALL | RTLP_FLS_FREE);
  free_stack(fiber->DeallocationStack);
  RtlFreeHeap(GetProcessHeap(), 0, fiber);
}

DWORD WINAPI FlsAlloc(FLS_CALLBACK callback) {
  ULONG index = 0;
  return succeeded(RtlFlsAlloc(callback, &index)) ? index : TLS_OUT_OF_INDEXES;
}

BOOL WINAPI FlsFree(DWORD index) {
  return succeeded(RtlFlsFree(index));
}

PVOID WINAPI FlsGetValue(DWORD index) {
  PVOID value = 0;
  if (!succeeded(RtlFlsGetValue(index, &value))) return 0;
  SetLastError(0);
  return value;
}

BOOL WINAPI FlsSetValue(DWORD index, PVOID value) {
  return succeeded(RtlFlsSetValue(index, value));
}
