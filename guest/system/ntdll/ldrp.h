/* ntdll's inner parts, shared between its files: the loader's gates and what calls whom when a
 * process or a thread starts and ends. Nothing here is part of Windows' interface. */
#ifndef SYSTEM_NTDLL_LDRP_H
#define SYSTEM_NTDLL_LDRP_H

#include "system/ntdll/ntdll.h"

/* A routine to call at attach and detach: a TLS callback, or a DLL's entry point. */
typedef struct LDRP_INITIALIZER {
  PVOID Module;
  INIT_ROUTINE Routine;
} LDRP_INITIALIZER;

/* gates (lab/gates.h) */
NTSTATUS NTAPI LdrpQueryInitializer(ULONG index, LDRP_INITIALIZER* initializer);
NTSTATUS NTAPI LdrpQueryModule(ULONG index, PVOID* base);
PVOID NTAPI LdrpProgramEntry(void);
NTSTATUS NTAPI LdrpQueryCommandLine(char* buffer, ULONG bytes, ULONG* needed);
NTSTATUS NTAPI LdrpQueryModulePath(PVOID base, char* buffer, ULONG bytes, ULONG* needed);
NTSTATUS NTAPI LdrpFindModule(const char* name, ULONG bytes, PVOID* base);
NTSTATUS NTAPI LdrpMapModule(const char* name, ULONG bytes, PVOID* base);
NTSTATUS NTAPI LdrpUnmapModule(PVOID base);
NTSTATUS NTAPI LdrpFindExport(PVOID base, const char* name, ULONG bytes, ULONG ordinal,
                              PVOID* address);

/* start.S: calls a routine whatever its calling convention; nonzero AL: it succeeded */
NORETURN VOID NTAPI LdrpCallStartRoutine(THREAD_START_ROUTINE routine, PVOID parameter);
BOOLEAN NTAPI LdrpCallInitRoutine(INIT_ROUTINE routine, PVOID module, DWORD reason, PVOID reserved);

/* modules.c */
VOID LdrpPinModules(void);
NTSTATUS LdrpRunAttachRoutines(PVOID reserved);
VOID LdrpRunThreadRoutines(DWORD reason);
VOID LdrpRunDetachRoutines(PVOID only_module, PVOID reserved);

/* image.c: the headers of a mapped image; 0 where there is no such directory */
ULONG LdrpEntryRva(PVOID base);
BOOLEAN LdrpIsDll(PVOID base);
PVOID LdrpDirectory(PVOID base, ULONG index);

/* parameters.c, heap.c */
VOID LdrpMakeProcessParameters(void);
extern RTL_CRITICAL_SECTION LdrpLoaderLock;

#endif
