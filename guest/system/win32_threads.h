/* kernel32's functions for threads, fibers and locks beyond those of win32.h. */
#ifndef SYSTEM_WIN32_THREADS_H
#define SYSTEM_WIN32_THREADS_H

#include "system/ntdll/sync.h"
#include "system/win32.h"

/* process, threads */
#define WAIT_IO_COMPLETION 192u
#define WAIT_ABANDONED 128u
#define STILL_ACTIVE 259
typedef VOID(WINAPI* APC_ROUTINE)(ULONG_PTR argument);
DWORD WINAPI QueueUserAPC(APC_ROUTINE routine, HANDLE thread, ULONG_PTR argument);
BOOL WINAPI GetExitCodeProcess(HANDLE process, DWORD* code);
DWORD WINAPI GetProcessId(HANDLE process);
DWORD WINAPI GetThreadId(HANDLE thread);
DWORD WINAPI GetProcessIdOfThread(HANDLE thread);
int WINAPI GetThreadPriority(HANDLE thread);
BOOL WINAPI SetThreadPriority(HANDLE thread, int priority);
HANDLE WINAPI CreateRemoteThread(HANDLE process, PVOID attributes, SIZE_T stack_bytes,
                                 THREAD_START_ROUTINE start, PVOID parameter, DWORD flags,
                                 DWORD* thread_id);
VOID WINAPI GetStartupInfoA(PVOID information);
VOID WINAPI GetStartupInfoW(PVOID information);
DWORD WINAPI SignalObjectAndWait(HANDLE signal, HANDLE wait, DWORD milliseconds, BOOL alertable);
HANDLE WINAPI OpenEventA(DWORD access, BOOL inherit, const char* name);
HANDLE WINAPI OpenMutexA(DWORD access, BOOL inherit, const char* name);
HANDLE WINAPI OpenSemaphoreW(DWORD access, BOOL inherit, const WCHAR* name);

/* fibers, fiber-local storage */
#define FIBER_FLAG_FLOAT_SWITCH 1
typedef VOID(WINAPI* FIBER_START_ROUTINE)(PVOID data);
typedef VOID(NTAPI* FLS_CALLBACK)(PVOID value);
PVOID WINAPI ConvertThreadToFiber(PVOID data);
PVOID WINAPI ConvertThreadToFiberEx(PVOID data, DWORD flags);
BOOL WINAPI ConvertFiberToThread(void);
PVOID WINAPI CreateFiber(SIZE_T commit, FIBER_START_ROUTINE start, PVOID data);
PVOID WINAPI CreateFiberEx(SIZE_T commit, SIZE_T reserve, DWORD flags, FIBER_START_ROUTINE start,
                           PVOID data);
VOID WINAPI SwitchToFiber(PVOID fiber);
VOID WINAPI DeleteFiber(PVOID fiber);
BOOL WINAPI IsThreadAFiber(void);
DWORD WINAPI FlsAlloc(FLS_CALLBACK callback);
BOOL WINAPI FlsFree(DWORD index);
PVOID WINAPI FlsGetValue(DWORD index);
BOOL WINAPI FlsSetValue(DWORD index, PVOID value);

/* locks */
VOID WINAPI InitializeSRWLock(RTL_SRWLOCK* lock);
VOID WINAPI AcquireSRWLockExclusive(RTL_SRWLOCK* lock);
VOID WINAPI AcquireSRWLockShared(RTL_SRWLOCK* lock);
BOOLEAN WINAPI TryAcquireSRWLockExclusive(RTL_SRWLOCK* lock);
BOOLEAN WINAPI TryAcquireSRWLockShared(RTL_SRWLOCK* lock);
VOID WINAPI ReleaseSRWLockExclusive(RTL_SRWLOCK* lock);
VOID WINAPI ReleaseSRWLockShared(RTL_SRWLOCK* lock);
VOID WINAPI InitializeConditionVariable(RTL_CONDITION_VARIABLE* variable);
VOID WINAPI WakeConditionVariable(RTL_CONDITION_VARIABLE* variable);
VOID WINAPI WakeAllConditionVariable(RTL_CONDITION_VARIABLE* variable);
BOOL WINAPI SleepConditionVariableCS(RTL_CONDITION_VARIABLE* variable,
                                     RTL_CRITICAL_SECTION* section, DWORD milliseconds);
BOOL WINAPI SleepConditionVariableSRW(RTL_CONDITION_VARIABLE* variable, RTL_SRWLOCK* lock,
                                      DWORD milliseconds, ULONG flags);
BOOL WINAPI InitOnceExecuteOnce(RTL_RUN_ONCE* once, RTL_RUN_ONCE_INIT initialize, PVOID parameter,
                                PVOID* context);
BOOL WINAPI InitOnceBeginInitialize(RTL_RUN_ONCE* once, DWORD flags, BOOL* pending, PVOID* context);
BOOL WINAPI InitOnceComplete(RTL_RUN_ONCE* once, DWORD flags, PVOID context);
BOOL WINAPI WaitOnAddress(volatile void* address, PVOID compare, SIZE_T bytes, DWORD milliseconds);
VOID WINAPI WakeByAddressSingle(PVOID address);
VOID WINAPI WakeByAddressAll(PVOID address);
VOID WINAPI InitializeSListHead(SLIST_HEADER* head);
SLIST_ENTRY* WINAPI InterlockedPushEntrySList(SLIST_HEADER* head, SLIST_ENTRY* entry);
SLIST_ENTRY* WINAPI InterlockedPopEntrySList(SLIST_HEADER* head);
SLIST_ENTRY* WINAPI InterlockedFlushSList(SLIST_HEADER* head);
WORD WINAPI QueryDepthSList(SLIST_HEADER* head);
BOOL WINAPI InitializeCriticalSectionEx(RTL_CRITICAL_SECTION* section, DWORD spin, DWORD flags);
int64_t WINAPI InterlockedCompareExchange64(volatile int64_t* value, int64_t to, int64_t expected);

#endif
