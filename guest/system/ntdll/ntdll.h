/* What ntdll offers: its gates (lab/gates.h lists them with their arguments) and its guest code.
 * kernel32 and the tests of the lab call it through ntdll's import library. */
#ifndef SYSTEM_NTDLL_NTDLL_H
#define SYSTEM_NTDLL_NTDLL_H

#include "system/nt.h"

/* gates: exceptions */
VOID NTAPI RtlRaiseException(EXCEPTION_RECORD* record);
VOID NTAPI RtlRaiseStatus(NTSTATUS status);
VOID NTAPI RtlUnwind(PVOID frame, PVOID ip, EXCEPTION_RECORD* record, PVOID value);
NTSTATUS NTAPI NtRaiseException(EXCEPTION_RECORD* record, PVOID context, BOOLEAN first_chance);
VOID NTAPI RtlCaptureContext(PVOID context);
VOID NTAPI LabReportUnhandled(EXCEPTION_POINTERS* pointers);
NORETURN VOID NTAPI LabUnmodelled(const char* what);

/* gates: process and threads */
NTSTATUS NTAPI NtTerminateProcess(HANDLE process, NTSTATUS status);
NTSTATUS NTAPI NtTerminateThread(HANDLE thread, NTSTATUS status);
NTSTATUS NTAPI NtCreateThreadEx(HANDLE* thread, ACCESS_MASK access, PVOID attributes,
                                HANDLE process, PVOID start, PVOID parameter, ULONG flags,
                                SIZE_T zero_bits, SIZE_T stack_commit, SIZE_T stack_reserve,
                                PVOID attribute_list);
NTSTATUS NTAPI NtGetContextThread(HANDLE thread, PVOID context);
NTSTATUS NTAPI NtSetContextThread(HANDLE thread, const void* context);
NTSTATUS NTAPI NtSuspendThread(HANDLE thread, ULONG* previous);
NTSTATUS NTAPI NtResumeThread(HANDLE thread, ULONG* previous);
NTSTATUS NTAPI NtQueryInformationThread(HANDLE thread, ULONG information_class, PVOID buffer,
                                        ULONG bytes, ULONG* needed);
#define ThreadBasicInformation 0
typedef struct THREAD_BASIC_INFORMATION {
  NTSTATUS ExitStatus;
  PVOID TebBaseAddress;
  CLIENT_ID ClientId;
  ULONG_PTR AffinityMask;
  LONG Priority, BasePriority;
} THREAD_BASIC_INFORMATION;
NTSTATUS NTAPI NtQueryPerformanceCounter(LARGE_INTEGER* counter, LARGE_INTEGER* frequency);
NTSTATUS NTAPI NtQuerySystemTime(LARGE_INTEGER* time);
ULONG NTAPI NtGetTickCount(void);
NTSTATUS NTAPI NtQueryInformationProcess(HANDLE process, ULONG information_class, PVOID buffer,
                                         ULONG bytes, ULONG* needed);
NTSTATUS NTAPI NtSetInformationProcess(HANDLE process, ULONG information_class, const void* buffer,
                                       ULONG bytes);
NTSTATUS NTAPI NtQuerySystemInformation(ULONG information_class, PVOID buffer, ULONG bytes,
                                        ULONG* needed);
VOID NTAPI LabQueryMemory(ULONG* pages);

/* gates: waits */
NTSTATUS NTAPI NtWaitForSingleObject(HANDLE handle, BOOLEAN alertable, LARGE_INTEGER* timeout);
NTSTATUS NTAPI NtWaitForMultipleObjects(ULONG count, const HANDLE* handles, ULONG any,
                                        BOOLEAN alertable, LARGE_INTEGER* timeout);
NTSTATUS NTAPI NtDelayExecution(BOOLEAN alertable, LARGE_INTEGER* interval);
NTSTATUS NTAPI NtYieldExecution(void);
NTSTATUS NTAPI NtCreateEvent(HANDLE* event, ACCESS_MASK access, PVOID attributes, ULONG type,
                             BOOLEAN signalled);
NTSTATUS NTAPI NtSetEvent(HANDLE event, LONG* previous);
NTSTATUS NTAPI NtResetEvent(HANDLE event, LONG* previous);
NTSTATUS NTAPI NtCreateSemaphore(HANDLE* semaphore, ACCESS_MASK access, PVOID attributes,
                                 LONG count, LONG limit);
NTSTATUS NTAPI NtReleaseSemaphore(HANDLE semaphore, LONG count, LONG* previous);
NTSTATUS NTAPI NtCreateMutant(HANDLE* mutant, ACCESS_MASK access, PVOID attributes, BOOLEAN owned);
NTSTATUS NTAPI NtReleaseMutant(HANDLE mutant, LONG* previous);
NTSTATUS NTAPI NtDuplicateObject(HANDLE from_process, HANDLE handle, HANDLE to_process,
                                 HANDLE* duplicate, ACCESS_MASK access, ULONG attributes,
                                 ULONG options);
NTSTATUS NTAPI NtClose(HANDLE handle);
NTSTATUS NTAPI NtQueryObject(HANDLE handle, ULONG information_class, PVOID buffer, ULONG bytes,
                             ULONG* needed);
NTSTATUS NTAPI NtSetInformationObject(HANDLE handle, ULONG information_class, const void* buffer,
                                      ULONG bytes);

/* gates: asynchronous procedure calls, alerts, objects with names */
NTSTATUS NTAPI NtQueueApcThread(HANDLE thread, PVOID routine, PVOID argument1, PVOID argument2,
                                PVOID argument3);
NTSTATUS NTAPI NtTestAlert(void);
NTSTATUS NTAPI NtAlertThreadByThreadId(HANDLE id);
NTSTATUS NTAPI NtWaitForAlertByThreadId(PVOID address, LARGE_INTEGER* timeout);
NTSTATUS NTAPI NtSetInformationThread(HANDLE thread, ULONG information_class, const void* buffer,
                                      ULONG bytes);
NTSTATUS NTAPI NtSignalAndWaitForSingleObject(HANDLE signal, HANDLE wait, BOOLEAN alertable,
                                              LARGE_INTEGER* timeout);
NTSTATUS NTAPI NtOpenEvent(HANDLE* event, ACCESS_MASK access, PVOID attributes);
NTSTATUS NTAPI NtOpenMutant(HANDLE* mutant, ACCESS_MASK access, PVOID attributes);
NTSTATUS NTAPI NtOpenSemaphore(HANDLE* semaphore, ACCESS_MASK access, PVOID attributes);

/* gates: memory */
NTSTATUS NTAPI NtAllocateVirtualMemory(HANDLE process, PVOID* base, ULONG_PTR zero_bits,
                                       SIZE_T* bytes, ULONG type, ULONG protect);
NTSTATUS NTAPI NtFreeVirtualMemory(HANDLE process, PVOID* base, SIZE_T* bytes, ULONG type);
NTSTATUS NTAPI NtProtectVirtualMemory(HANDLE process, PVOID* base, SIZE_T* bytes, ULONG protect,
                                      ULONG* old_protect);
NTSTATUS NTAPI NtQueryVirtualMemory(HANDLE process, const void* address, ULONG information_class,
                                    PVOID buffer, SIZE_T bytes, SIZE_T* needed);
NTSTATUS NTAPI NtFlushInstructionCache(HANDLE process, PVOID base, SIZE_T bytes);

/* gates: files */
NTSTATUS NTAPI NtWriteFile(HANDLE file, HANDLE event, PVOID apc, PVOID apc_context,
                           IO_STATUS_BLOCK* status, const void* buffer, ULONG bytes,
                           LARGE_INTEGER* offset, ULONG* key);
NTSTATUS NTAPI NtReadFile(HANDLE file, HANDLE event, PVOID apc, PVOID apc_context,
                          IO_STATUS_BLOCK* status, PVOID buffer, ULONG bytes, LARGE_INTEGER* offset,
                          ULONG* key);

/* gates: timers, completion ports */
typedef struct FILE_IO_COMPLETION_INFORMATION {
  ULONG_PTR KeyContext, ApcContext;
  IO_STATUS_BLOCK IoStatusBlock;
} FILE_IO_COMPLETION_INFORMATION;
NTSTATUS NTAPI NtCreateTimer(HANDLE* timer, ACCESS_MASK access, PVOID attributes, ULONG type);
NTSTATUS NTAPI NtSetTimer(HANDLE timer, const LARGE_INTEGER* due, PVOID routine, PVOID context,
                          BOOLEAN resume, LONG period, BOOLEAN* was_signalled);
NTSTATUS NTAPI NtCancelTimer(HANDLE timer, BOOLEAN* was_signalled);
NTSTATUS NTAPI NtCreateIoCompletion(HANDLE* port, ACCESS_MASK access, PVOID attributes,
                                    ULONG threads);
NTSTATUS NTAPI NtSetIoCompletion(HANDLE port, ULONG_PTR key, ULONG_PTR value, NTSTATUS status,
                                 ULONG_PTR information);
NTSTATUS NTAPI NtRemoveIoCompletion(HANDLE port, ULONG_PTR* key, ULONG_PTR* value,
                                    IO_STATUS_BLOCK* status, LARGE_INTEGER* timeout);
NTSTATUS NTAPI NtRemoveIoCompletionEx(HANDLE port, FILE_IO_COMPLETION_INFORMATION* entries,
                                      ULONG room, ULONG* removed, LARGE_INTEGER* timeout,
                                      BOOLEAN alertable);
BOOLEAN NTAPI LabFillRandom(PVOID buffer, ULONG bytes);

/* guest code: the process and its threads */
NORETURN VOID NTAPI RtlExitUserThread(NTSTATUS status);
NORETURN VOID NTAPI RtlExitUserProcess(NTSTATUS status);
PEB* NTAPI RtlGetCurrentPeb(void);
VOID NTAPI RtlGetNtVersionNumbers(ULONG* major, ULONG* minor, ULONG* build);

VOID NTAPI RtlUserFiberStart(void);

/* guest code: unhandled exceptions. What decides about them is one structure in ntdll's data. */
typedef struct RTLP_EXCEPTION_STATE {
  TOP_LEVEL_FILTER UnhandledFilter; /* kernel32's UnhandledExceptionFilter; 0: not loaded */
  TOP_LEVEL_FILTER TopLevelFilter;  /* SetUnhandledExceptionFilter */
  ULONG ErrorMode;                  /* SetErrorMode */
} RTLP_EXCEPTION_STATE;
RTLP_EXCEPTION_STATE* NTAPI RtlpGetExceptionState(void);
VOID NTAPI RtlSetUnhandledExceptionFilter(TOP_LEVEL_FILTER filter);

/* guest code: vectored handlers. Layouts shared with host/seh/vectored.hpp. */
typedef struct RTLP_VECTORED_ENTRY {
  struct RTLP_VECTORED_ENTRY *Flink, *Blink;
  ULONG Running; /* calls of the handler that have not returned */
  ULONG Removed;
  VECTORED_HANDLER Handler;
} RTLP_VECTORED_ENTRY;
PVOID NTAPI RtlAddVectoredExceptionHandler(ULONG first, VECTORED_HANDLER handler);
PVOID NTAPI RtlAddVectoredContinueHandler(ULONG first, VECTORED_HANDLER handler);
ULONG NTAPI RtlRemoveVectoredExceptionHandler(PVOID handle);
ULONG NTAPI RtlRemoveVectoredContinueHandler(PVOID handle);
RTLP_VECTORED_ENTRY* NTAPI RtlpInsertVectoredHandler(ULONG list, RTLP_VECTORED_ENTRY* entry,
                                                     ULONG first, VECTORED_HANDLER handler);
ULONG NTAPI RtlpRemoveVectoredHandler(ULONG list, PVOID entry);

/* guest code: modules */
NTSTATUS NTAPI LdrLoadDll(const WCHAR* search_path, const ULONG* flags, const UNICODE_STRING* name,
                          PVOID* module);
NTSTATUS NTAPI LdrUnloadDll(PVOID module);
NTSTATUS NTAPI LdrGetDllHandle(const WCHAR* search_path, const ULONG* flags,
                               const UNICODE_STRING* name, PVOID* module);
NTSTATUS NTAPI LdrGetProcedureAddress(PVOID module, const ANSI_STRING* name, ULONG ordinal,
                                      PVOID* address);
NTSTATUS NTAPI LdrGetDllFullName(PVOID module, UNICODE_STRING* name);
NTSTATUS NTAPI LdrDisableThreadCalloutsForDll(PVOID module);
#define LDR_ADDREF_DLL_PIN 1
NTSTATUS NTAPI LdrAddRefDll(ULONG flags, PVOID module);
PVOID NTAPI RtlImageNtHeader(PVOID base);
PVOID NTAPI RtlImageDirectoryEntryToData(PVOID base, BOOLEAN as_image, USHORT index, ULONG* size);
PVOID NTAPI RtlPcToFileHeader(PVOID address, PVOID* base);

/* guest code: memory */
PVOID NTAPI RtlCreateHeap(ULONG flags, PVOID base, SIZE_T reserve, SIZE_T commit, PVOID lock,
                          PVOID parameters);
PVOID NTAPI RtlDestroyHeap(PVOID heap);
PVOID NTAPI RtlAllocateHeap(PVOID heap, ULONG flags, SIZE_T bytes);
BOOLEAN NTAPI RtlFreeHeap(PVOID heap, ULONG flags, PVOID block);
PVOID NTAPI RtlReAllocateHeap(PVOID heap, ULONG flags, PVOID block, SIZE_T bytes);
SIZE_T NTAPI RtlSizeHeap(PVOID heap, ULONG flags, const void* block);
VOID NTAPI RtlZeroMemory(PVOID to, SIZE_T bytes);
VOID NTAPI RtlMoveMemory(PVOID to, const void* from, SIZE_T bytes);

/* PROCESS_HEAP_ENTRY of the SDK. */
typedef struct RTL_HEAP_ENTRY {
  PVOID Data;
  ULONG DataBytes;
  UCHAR OverheadBytes, RegionIndex;
  USHORT Flags;
  struct {
    ULONG CommittedBytes, UncommittedBytes;
    PVOID FirstBlock, LastBlock;
  } Region;
} RTL_HEAP_ENTRY;
_Static_assert(sizeof(RTL_HEAP_ENTRY) == 28, "PROCESS_HEAP_ENTRY");
BOOLEAN NTAPI RtlLockHeap(PVOID heap);
BOOLEAN NTAPI RtlUnlockHeap(PVOID heap);
SIZE_T NTAPI RtlCompactHeap(PVOID heap, ULONG flags);
BOOLEAN NTAPI RtlValidateHeap(PVOID heap, ULONG flags, const void* block);
NTSTATUS NTAPI RtlpWalkHeap(PVOID heap, RTL_HEAP_ENTRY* entry);

/* guest code: critical sections */
NTSTATUS NTAPI RtlInitializeCriticalSection(RTL_CRITICAL_SECTION* section);
NTSTATUS NTAPI RtlInitializeCriticalSectionAndSpinCount(RTL_CRITICAL_SECTION* section, ULONG spin);
NTSTATUS NTAPI RtlDeleteCriticalSection(RTL_CRITICAL_SECTION* section);
NTSTATUS NTAPI RtlEnterCriticalSection(RTL_CRITICAL_SECTION* section);
BOOLEAN NTAPI RtlTryEnterCriticalSection(RTL_CRITICAL_SECTION* section);
NTSTATUS NTAPI RtlLeaveCriticalSection(RTL_CRITICAL_SECTION* section);

/* guest code: errors and strings */
ULONG NTAPI RtlNtStatusToDosError(NTSTATUS status);
ULONG NTAPI RtlGetLastWin32Error(void);
VOID NTAPI RtlSetLastWin32Error(ULONG error);
ULONG NTAPI RtlNtStatusToDosErrorNoTeb(NTSTATUS status);
NTSTATUS NTAPI RtlGetLastNtStatus(void);
ULONG NTAPI RtlSetLastWin32ErrorAndNtStatusFromNtStatus(NTSTATUS status);
VOID NTAPI RtlInitUnicodeString(UNICODE_STRING* string, const WCHAR* text);
VOID NTAPI RtlInitAnsiString(ANSI_STRING* string, const char* text);

#endif
