/* Locks that are one word: what they have in common is RtlWaitOnAddress. */
#ifndef SYSTEM_NTDLL_SYNC_H
#define SYSTEM_NTDLL_SYNC_H

#include "system/nt.h"

NTSTATUS NTAPI RtlWaitOnAddress(volatile void* address, const void* compare, SIZE_T bytes,
                                const LARGE_INTEGER* timeout);
VOID NTAPI RtlWakeAddressSingle(const void* address);
VOID NTAPI RtlWakeAddressAll(const void* address);

typedef struct RTL_SRWLOCK {
  volatile ULONG_PTR State; /* see srwlock.c; 0: free */
} RTL_SRWLOCK;
VOID NTAPI RtlInitializeSRWLock(RTL_SRWLOCK* lock);
VOID NTAPI RtlAcquireSRWLockExclusive(RTL_SRWLOCK* lock);
VOID NTAPI RtlAcquireSRWLockShared(RTL_SRWLOCK* lock);
BOOLEAN NTAPI RtlTryAcquireSRWLockExclusive(RTL_SRWLOCK* lock);
BOOLEAN NTAPI RtlTryAcquireSRWLockShared(RTL_SRWLOCK* lock);
VOID NTAPI RtlReleaseSRWLockExclusive(RTL_SRWLOCK* lock);
VOID NTAPI RtlReleaseSRWLockShared(RTL_SRWLOCK* lock);

typedef struct RTL_CONDITION_VARIABLE {
  volatile ULONG_PTR Wakes; /* counts them */
} RTL_CONDITION_VARIABLE;
#define RTL_CONDITION_VARIABLE_LOCKMODE_SHARED 1
VOID NTAPI RtlInitializeConditionVariable(RTL_CONDITION_VARIABLE* variable);
VOID NTAPI RtlWakeConditionVariable(RTL_CONDITION_VARIABLE* variable);
VOID NTAPI RtlWakeAllConditionVariable(RTL_CONDITION_VARIABLE* variable);
NTSTATUS NTAPI RtlSleepConditionVariableCS(RTL_CONDITION_VARIABLE* variable,
                                           RTL_CRITICAL_SECTION* section,
                                           const LARGE_INTEGER* timeout);
NTSTATUS NTAPI RtlSleepConditionVariableSRW(RTL_CONDITION_VARIABLE* variable, RTL_SRWLOCK* lock,
                                            const LARGE_INTEGER* timeout, ULONG flags);

typedef struct RTL_RUN_ONCE {
  volatile ULONG_PTR State;
} RTL_RUN_ONCE;
typedef ULONG(NTAPI* RTL_RUN_ONCE_INIT)(RTL_RUN_ONCE* once, PVOID parameter, PVOID* context);
#define RTL_RUN_ONCE_CHECK_ONLY 1
#define RTL_RUN_ONCE_ASYNC 2
#define RTL_RUN_ONCE_INIT_FAILED 4
#define RTL_RUN_ONCE_CTX_RESERVED_BITS 2
VOID NTAPI RtlRunOnceInitialize(RTL_RUN_ONCE* once);
NTSTATUS NTAPI RtlRunOnceBeginInitialize(RTL_RUN_ONCE* once, ULONG flags, PVOID* context);
NTSTATUS NTAPI RtlRunOnceComplete(RTL_RUN_ONCE* once, ULONG flags, PVOID context);
NTSTATUS NTAPI RtlRunOnceExecuteOnce(RTL_RUN_ONCE* once, RTL_RUN_ONCE_INIT initialize,
                                     PVOID parameter, PVOID* context);

typedef struct SLIST_ENTRY {
  struct SLIST_ENTRY* Next;
} SLIST_ENTRY;
typedef union SLIST_HEADER {
  uint64_t Alignment;
  struct {
    SLIST_ENTRY* Next;
    WORD Depth, Sequence;
  };
} SLIST_HEADER;
VOID NTAPI RtlInitializeSListHead(SLIST_HEADER* head);
SLIST_ENTRY* NTAPI RtlInterlockedPushEntrySList(SLIST_HEADER* head, SLIST_ENTRY* entry);
SLIST_ENTRY* NTAPI RtlInterlockedPopEntrySList(SLIST_HEADER* head);
SLIST_ENTRY* NTAPI RtlInterlockedFlushSList(SLIST_HEADER* head);
SLIST_ENTRY* NTAPI RtlFirstEntrySList(const SLIST_HEADER* head);
WORD NTAPI RtlQueryDepthSList(SLIST_HEADER* head);

#endif
