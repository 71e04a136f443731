/* Fiber-local storage: one block of slots a fiber, or a thread that is no fiber; the TEB's FlsData
 * names that of whoever runs. */
#ifndef SYSTEM_NTDLL_FLS_H
#define SYSTEM_NTDLL_FLS_H

#include "system/nt.h"

/* Microsoft's FlsAlloc: 128 before Windows 10's 1903. */
#define FLS_MAXIMUM_AVAILABLE 128

typedef VOID(NTAPI* FLS_CALLBACK)(PVOID value);

NTSTATUS NTAPI RtlFlsAlloc(FLS_CALLBACK callback, ULONG* index);
NTSTATUS NTAPI RtlFlsFree(ULONG index);
NTSTATUS NTAPI RtlFlsGetValue(ULONG index, PVOID* value);
NTSTATUS NTAPI RtlFlsSetValue(ULONG index, PVOID value);
/* Calls the callbacks for what `data` holds, and frees it: a fiber or a thread ends. */
VOID NTAPI RtlProcessFlsData(PVOID data, ULONG flags);
#define RTLP_FLS_CALL 1
#define RTLP_FLS_FREE 2

#endif
