/* The process and its threads. */
#include "system/kernel32/base.h"

#define THREAD_ALL_ACCESS 0x1fffff
#define THREAD_CREATE_FLAGS_CREATE_SUSPENDED 1
#define PS_ATTRIBUTE_CLIENT_ID 0x00010003

NORETURN VOID WINAPI ExitProcess(UINT code) {
  RtlExitUserProcess((NTSTATUS)code);
}

BOOL WINAPI TerminateProcess(HANDLE process, UINT code) {
  if (!process) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  return succeeded(NtTerminateProcess(process, (NTSTATUS)code));
}

HANDLE WINAPI GetCurrentProcess(void) {
  return CURRENT_PROCESS;
}
DWORD WINAPI GetCurrentProcessId(void) {
  return teb_read(TEB_CLIENT_PROCESS);
}
HANDLE WINAPI GetCurrentThread(void) {
  return CURRENT_THREAD;
}
DWORD WINAPI GetCurrentThreadId(void) {
  return current_thread_id();
}

/* PS_ATTRIBUTE_LIST with the one attribute that CreateThread asks for. */
typedef struct CLIENT_ID_ATTRIBUTE {
  SIZE_T TotalLength;
  ULONG_PTR Attribute;
  SIZE_T Size;
  CLIENT_ID* Value;
  SIZE_T* ReturnLength;
} CLIENT_ID_ATTRIBUTE;

/* SizeOfStackReserve of the program. */
static SIZE_T default_reserve(void) {
  const UCHAR* image = current_peb()->ImageBaseAddress;
  return *(const ULONG*)(image + *(const ULONG*)(image + 0x3c) + 0x60);
}

/* What to reserve for a stack of which `commit` bytes are to be committed. */
static SIZE_T reserve_for(SIZE_T commit) {
  SIZE_T reserve = default_reserve();
  return commit < reserve ? reserve : (commit + 0xfffff) & ~0xfffffu;
}

HANDLE WINAPI CreateThread(PVOID attributes, SIZE_T stack_bytes, THREAD_START_ROUTINE start,
                           PVOID parameter, DWORD flags, DWORD* thread_id) {
  CLIENT_ID id = {0, 0};
  CLIENT_ID_ATTRIBUTE list = {sizeof list, PS_ATTRIBUTE_CLIENT_ID, sizeof id, &id, 0};
  HANDLE thread = 0;
  BOOL is_reserve = (flags & STACK_SIZE_PARAM_IS_A_RESERVATION) && stack_bytes;
  NTSTATUS status = NtCreateThreadEx(
      &thread, THREAD_ALL_ACCESS, 0, CURRENT_PROCESS, start, parameter,
      (flags & CREATE_SUSPENDED) ? THREAD_CREATE_FLAGS_CREATE_SUSPENDED : 0, 0,
      is_reserve ? 0 : stack_bytes, is_reserve ? stack_bytes : reserve_for(stack_bytes), &list);
  if (!succeeded(status)) return 0;
  if (thread_id) *thread_id = (DWORD)id.UniqueThread;
  return thread;
}

NORETURN VOID WINAPI ExitThread(DWORD code) {
  RtlExitUserThread((NTSTATUS)code);
}

BOOL WINAPI TerminateThread(HANDLE thread, DWORD code) {
  if (!thread) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  return succeeded(NtTerminateThread(thread, (NTSTATUS)code));
}

BOOL WINAPI GetThreadContext(HANDLE thread, PVOID context) {
  return succeeded(NtGetContextThread(thread, context));
}

BOOL WINAPI SetThreadContext(HANDLE thread, const void* context) {
  return succeeded(NtSetContextThread(thread, context));
}

DWORD WINAPI SuspendThread(HANDLE thread) {
  ULONG previous = 0;
  return succeeded(NtSuspendThread(thread, &previous)) ? previous : (DWORD)-1;
}

DWORD WINAPI ResumeThread(HANDLE thread) {
  ULONG previous = 0;
  return succeeded(NtResumeThread(thread, &previous)) ? previous : (DWORD)-1;
}

BOOL WINAPI GetExitCodeThread(HANDLE thread, DWORD* code) {
  THREAD_BASIC_INFORMATION information;
  if (!succeeded(NtQueryInformationThread(thread, ThreadBasicInformation, &information,
                                          sizeof information, 0))) {
    return FALSE;
  }
  *code = (DWORD)information.ExitStatus;
  return TRUE;
}

BOOL WINAPI SwitchToThread(void) {
  return NtYieldExecution() == STATUS_SUCCESS;
}

BOOL WINAPI IsDebuggerPresent(void) {
  return current_peb()->BeingDebugged;
}
