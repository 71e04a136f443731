/* The loader's account of modules: references, adoption of what the host mapped, release. Every
 * call needs the loader's lock. */
#ifndef SYSTEM_NTDLL_MODULES_H
#define SYSTEM_NTDLL_MODULES_H

#include "system/ntdll/ntdll.h"

/* One more user of a module; false when it is not loaded. */
BOOLEAN LdrpReferenceModule(PVOID base);
/* From now on it stays until the process ends. */
BOOLEAN LdrpPinModule(PVOID base);
/* Takes modules that were mapped since into the account, and counts what they import. `adopted`:
 * how many. */
NTSTATUS LdrpAdoptNewModules(ULONG* adopted);
/* One user less; the last one's leaving runs the detach routines and unmaps. */
NTSTATUS LdrpReleaseModule(PVOID base);
/* DisableThreadLibraryCalls. */
VOID LdrpSilenceThreadCalls(PVOID base);

#endif
