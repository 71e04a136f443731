/* The process's pool of threads: ordinary ones, made when work comes and nobody is idle. */
#ifndef SYSTEM_KERNEL32_THREAD_POOL_H
#define SYSTEM_KERNEL32_THREAD_POOL_H

#include "system/kernel32/base.h"

#define ERROR_IO_PENDING 997
#define INVALID_HANDLE_VALUE ((HANDLE)-1)
#define WT_EXECUTEINWAITTHREAD 0x4u
#define WT_EXECUTEONLYONCE 0x8u
#define WT_EXECUTEINTIMERTHREAD 0x20u

typedef VOID (*BASEP_WORK)(PVOID context);
/* FALSE, with the last error, without memory or threads. */
BOOL BasepQueueWork(BASEP_WORK routine, PVOID context);

/* Guards the pool and all that its files keep; a call of the program's is never made under it. */
VOID BasepLockPool(VOID);
VOID BasepUnlockPool(VOID);

/* Calls of the program's that belong to one timer or wait. All of it needs the pool's lock. */
typedef struct BASEP_CALLS {
  ULONG Running;
  BOOL Deleted;
  HANDLE Completion; /* set when it is deleted and the last call has returned; or null */
} BASEP_CALLS;
/* A call has returned: TRUE for the last one of something deleted, which is then to be freed. */
BOOL BasepCallReturned(BASEP_CALLS* calls);

/* What the deletion functions do with their completion event. BasepBeginDeletion, under the lock,
 * says whether it can be freed now; then, without the lock, BasepEndDeletion gives the result. */
typedef struct BASEP_DELETION {
  BOOL Free, Pending;
  HANDLE WaitFor;
} BASEP_DELETION;
BASEP_DELETION BasepBeginDeletion(BASEP_CALLS* calls, HANDLE completion);
BOOL BasepEndDeletion(const BASEP_DELETION* deletion);

#endif
