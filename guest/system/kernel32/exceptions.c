/* Raising exceptions, and deciding about those that nobody handled. */
#include "system/kernel32/base.h"

#define DBG_PRINTEXCEPTION_C 0x40010006

#define CONTEXT_BYTES 716

/* facts 3.5. RtlRaiseException fills in the address, which lies in here. */
VOID WINAPI RaiseException(DWORD code, DWORD flags, DWORD count, const ULONG_PTR* arguments) {
  EXCEPTION_RECORD record = {code, flags & EXCEPTION_NONCONTINUABLE, 0, 0, 0, {0}};
  if (arguments) {
    record.NumberParameters =
        count < EXCEPTION_MAXIMUM_PARAMETERS ? count : EXCEPTION_MAXIMUM_PARAMETERS;
    for (DWORD i = 0; i < record.NumberParameters; ++i) {
      record.ExceptionInformation[i] = arguments[i];
    }
  }
  RtlRaiseException(&record);
}

#define STATUS_FAIL_FAST_EXCEPTION 0xc0000602
#define FAIL_FAST_GENERATE_EXCEPTION_ADDRESS 0x1

/* The second chance at once: no handler of the program is asked (Microsoft's
 * RaiseFailFastException). */
VOID WINAPI RaiseFailFastException(const EXCEPTION_RECORD* record, const void* context,
                                   DWORD flags) {
  EXCEPTION_RECORD own = {STATUS_FAIL_FAST_EXCEPTION, EXCEPTION_NONCONTINUABLE, 0, 0, 0, {0}};
  ULONG here[CONTEXT_BYTES / sizeof(ULONG)];
  if (record) own = *record;
  if (context) {
    RtlMoveMemory(here, context, sizeof here);
  } else {
    RtlCaptureContext(here);
  }
  if (!record || flags & FAIL_FAST_GENERATE_EXCEPTION_ADDRESS) {
    own.ExceptionAddress = __builtin_return_address(0);
  }
  NtRaiseException(&own, here, FALSE);
}

TOP_LEVEL_FILTER WINAPI SetUnhandledExceptionFilter(TOP_LEVEL_FILTER filter) {
  RTLP_EXCEPTION_STATE* state = RtlpGetExceptionState();
  return __sync_lock_test_and_set(&state->TopLevelFilter, filter);
}

PVOID WINAPI AddVectoredExceptionHandler(ULONG first, VECTORED_HANDLER handler) {
  return RtlAddVectoredExceptionHandler(first, handler);
}

PVOID WINAPI AddVectoredContinueHandler(ULONG first, VECTORED_HANDLER handler) {
  return RtlAddVectoredContinueHandler(first, handler);
}

ULONG WINAPI RemoveVectoredExceptionHandler(PVOID handle) {
  return RtlRemoveVectoredExceptionHandler(handle);
}

ULONG WINAPI RemoveVectoredContinueHandler(PVOID handle) {
  return RtlRemoveVectoredContinueHandler(handle);
}

#define STATUS_ACCESS_VIOLATION 0xc0000005
#define ACCESS_WRITE 1
#define MEM_IMAGE 0x1000000
#define IMAGE_DIRECTORY_ENTRY_RESOURCE 2

/* Does `address` lie in the resources of the image at `base`? */
static BOOL in_resources(const UCHAR* base, ULONG_PTR address) {
  const UCHAR* headers = base + *(const ULONG*)(base + 0x3c);
  const ULONG* entry = (const ULONG*)(headers + 0x78) + 2 * IMAGE_DIRECTORY_ENTRY_RESOURCE;
  BOOL listed = *(const ULONG*)(headers + 0x74) > IMAGE_DIRECTORY_ENTRY_RESOURCE && entry[0];
  return listed && address - (ULONG_PTR)base - entry[0] < entry[1];
}

/* Programs of the 16-bit days wrote to their resources: the page is made writable for them. */
static BOOL made_resource_writable(const EXCEPTION_RECORD* record) {
  MEMORY_BASIC_INFORMATION memory;
  DWORD old = 0;
  if (record->ExceptionCode != STATUS_ACCESS_VIOLATION || record->NumberParameters < 2)
    return FALSE;
  if (record->ExceptionInformation[0] != ACCESS_WRITE) return FALSE;
  PVOID address = (PVOID)record->ExceptionInformation[1];
  if (!VirtualQuery(address, &memory, sizeof memory)) return FALSE;
  if (memory.Type != MEM_IMAGE || memory.Protect != PAGE_READONLY) return FALSE;
  if (!in_resources(memory.AllocationBase, (ULONG_PTR)address)) return FALSE;
  return VirtualProtect(address, 1, PAGE_READWRITE, &old);
}

/* With a comparison behind the call: by these instructions libgcc's unwinder knows that the frame
 * above is the one that faulted (gcc, libgcc/config/i386/w32-unwind.h). */
static LONG call_top_level_filter(TOP_LEVEL_FILTER filter, EXCEPTION_POINTERS* pointers) {
  LONG decision;
  __asm__ volatile(
      "pushl %[pointers]\n\t"
      "calll *%%eax\n\t"
      "cmpl $0, %%eax"
      : "=a"(decision)
      : "a"(filter), [pointers] "r"(pointers)
      : "ecx", "edx", "memory", "cc");
  return decision;
}

/* The filter of each thread's base frame (facts 3.9). */
LONG WINAPI UnhandledExceptionFilter(EXCEPTION_POINTERS* pointers) {
  RTLP_EXCEPTION_STATE* state = RtlpGetExceptionState();
  if (made_resource_writable(pointers->ExceptionRecord)) return EXCEPTION_CONTINUE_EXECUTION;
  if (IsDebuggerPresent()) return EXCEPTION_CONTINUE_SEARCH;
  TOP_LEVEL_FILTER filter = state->TopLevelFilter;
  if (filter) {
    LONG decision = call_top_level_filter(filter, pointers);
    if (decision != EXCEPTION_CONTINUE_SEARCH) return decision;
  }
  /* Windows' error box, which SEM_NOGPFAULTERRORBOX would suppress, is the lab's crash report:
   * it is written in any case. */
  LabReportUnhandled(pointers);
  return EXCEPTION_EXECUTE_HANDLER;
}

UINT WINAPI GetErrorMode(void) {
  return RtlpGetExceptionState()->ErrorMode;
}

UINT WINAPI SetErrorMode(UINT mode) {
  return __sync_lock_test_and_set(&RtlpGetExceptionState()->ErrorMode, mode);
}

/* Without a debugger the text goes nowhere; vectored handlers see the exception all the same. */
VOID WINAPI OutputDebugStringA(const char* text) {
  ULONG_PTR arguments[2] = {(ULONG_PTR)lstrlenA(text) + 1, (ULONG_PTR)text};
  __try {
    RaiseException(DBG_PRINTEXCEPTION_C, 0, 2, arguments);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
  }
}
