/* The edges of the arrays of initializers, and the runtime's calls that startup code makes. */
#ifndef CRT_STARTUP_INIT_ARRAYS_H
#define CRT_STARTUP_INIT_ARRAYS_H

#include <stdlib.h>

#include "system/win32.h"

typedef int(__cdecl* crt_initializer)(void);
typedef void(__cdecl* crt_procedure)(void);

extern const crt_initializer __xi_a[], __xi_z[];
extern const crt_procedure __xc_a[], __xc_z[], __xp_a[], __xp_z[], __xt_a[], __xt_z[];

int _initterm_e(const crt_initializer* first, const crt_initializer* last);
void _initterm(const crt_procedure* first, const crt_procedure* last);

int main(int count, char** arguments, char** environment);
BOOL WINAPI DllMain(HMODULE module, DWORD reason, PVOID reserved);
/* Ends of the module's own lists, run when it goes. */
void crt_run_module_exit_routines(void);

#endif
