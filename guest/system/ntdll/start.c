/* The life of a process and of its threads, as far as it is code of the process itself. */
#include "system/ntdll/fls.h"
#include "system/ntdll/ldrp.h"

#define ThreadAmILastThread 12

static RTLP_EXCEPTION_STATE exception_state;

RTLP_EXCEPTION_STATE* NTAPI RtlpGetExceptionState(void) {
  return &exception_state;
}

VOID NTAPI RtlSetUnhandledExceptionFilter(TOP_LEVEL_FILTER filter) {
  exception_state.UnhandledFilter = filter;
}

/* The filter of every thread's base frame. Without kernel32 nobody else is asked. */
static LONG unhandled_filter(EXCEPTION_POINTERS* pointers) {
  if (exception_state.UnhandledFilter) return exception_state.UnhandledFilter(pointers);
  LabReportUnhandled(pointers);
  return EXCEPTION_EXECUTE_HANDLER;
}

/* The base frame of a thread (facts 3.9). */
static NORETURN void run_thread(THREAD_START_ROUTINE start, PVOID parameter) {
  DWORD result = 0;
  __try {
    result = start(parameter);
    RtlExitUserThread((NTSTATUS)result);
  } __except (unhandled_filter(GetExceptionInformation())) {
    NtTerminateProcess(CURRENT_PROCESS, (NTSTATUS)GetExceptionCode());
  }
  __builtin_unreachable();
}

/* Starts what was mapped with the program: everything up to its entry point. The host has given
 * the thread its copies of the images' TLS data. */
static DWORD WINAPI initialize_and_enter(PVOID peb) {
  RtlEnterCriticalSection(&LdrpLoaderLock);
  LdrpMakeProcessParameters();
  LdrpPinModules();
  /* A non-null third argument tells a DLL that it was loaded with the program. */
  NTSTATUS status = LdrpRunAttachRoutines((PVOID)1);
  RtlLeaveCriticalSection(&LdrpLoaderLock);
  if (!NT_SUCCESS(status)) NtTerminateProcess(CURRENT_PROCESS, status);
  LdrpCallStartRoutine((THREAD_START_ROUTINE)LdrpProgramEntry(), peb);
}

NORETURN VOID NTAPI LdrpStartProcess(void) {
  PEB* peb = current_peb();
  RtlInitializeCriticalSection(&LdrpLoaderLock);
  peb->LoaderLock = &LdrpLoaderLock;
  peb->ProcessHeap = RtlCreateHeap(0, 0, 0, 0, 0, 0);
  run_thread(initialize_and_enter, peb);
}

typedef struct THREAD_START {
  THREAD_START_ROUTINE Start;
  PVOID Parameter;
} THREAD_START;

static DWORD WINAPI attach_and_start(PVOID argument) {
  THREAD_START* thread = argument;
  RtlEnterCriticalSection(&LdrpLoaderLock);
  LdrpRunThreadRoutines(DLL_THREAD_ATTACH);
  RtlLeaveCriticalSection(&LdrpLoaderLock);
  /* Microsoft's QueueUserAPC: calls queued before the thread begins come before its routine. */
  NtTestAlert();
  LdrpCallStartRoutine(thread->Start, thread->Parameter);
}

NORETURN VOID NTAPI LdrpStartThread(THREAD_START_ROUTINE start, PVOID parameter) {
  THREAD_START thread = {start, parameter};
  run_thread(attach_and_start, &thread);
}

/* A fiber whose routine returns takes its thread with it. */
static DWORD WINAPI run_fiber(PVOID argument) {
  THREAD_START* fiber = argument;
  fiber->Start(fiber->Parameter); /* its result goes nowhere */
  return 1;
}

NORETURN VOID NTAPI LdrpStartFiber(THREAD_START_ROUTINE start, PVOID data) {
  THREAD_START fiber = {start, data};
  run_thread(run_fiber, &fiber);
}

/* Fiber-local storage goes first: its callbacks find every DLL still attached. */
static VOID end_fiber_storage(ULONG flags) {
  RtlProcessFlsData((PVOID)teb_read(TEB_FLS_DATA), flags);
  if (flags & RTLP_FLS_FREE) teb_write(TEB_FLS_DATA, 0);
}

/* What TlsAlloc keeps beyond the TEB's slots goes when no routine can ask for it any more. */
static VOID free_tls_expansion(void) {
  PVOID slots = (PVOID)teb_read(TEB_TLS_EXPANSION_SLOTS);
  if (!slots) return;
  teb_write(TEB_TLS_EXPANSION_SLOTS, 0);
  RtlFreeHeap(current_peb()->ProcessHeap, 0, slots);
}

NORETURN VOID NTAPI RtlExitUserThread(NTSTATUS status) {
  ULONG last = FALSE;
  NtQueryInformationThread(CURRENT_THREAD, ThreadAmILastThread, &last, sizeof last, 0);
  if (last) RtlExitUserProcess(status);
  RtlEnterCriticalSection(&LdrpLoaderLock);
  end_fiber_storage(RTLP_FLS_CALL | RTLP_FLS_FREE);
  LdrpRunThreadRoutines(DLL_THREAD_DETACH);
  free_tls_expansion();
  RtlLeaveCriticalSection(&LdrpLoaderLock);
  NtTerminateThread(CURRENT_THREAD, status);
  __builtin_unreachable();
}

NORETURN VOID NTAPI RtlExitUserProcess(NTSTATUS status) {
  /* With the lock held no other thread can be in the loader when it ends. */
  RtlEnterCriticalSection(&LdrpLoaderLock);
  NtTerminateProcess(0, status);
  end_fiber_storage(RTLP_FLS_CALL);
  LdrpRunDetachRoutines(0, (PVOID)1);
  NtTerminateProcess(CURRENT_PROCESS, status);
  __builtin_unreachable();
}
