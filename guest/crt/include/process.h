#ifndef CRT_PROCESS_H
#define CRT_PROCESS_H

#include <corecrt.h>

typedef void(__cdecl* _beginthread_proc_type)(void*);
typedef unsigned(__stdcall* _beginthreadex_proc_type)(void*);

CRT_BEGIN
uintptr_t _beginthread(_beginthread_proc_type start, unsigned stack, void* argument);
uintptr_t _beginthreadex(void* security, unsigned stack, _beginthreadex_proc_type start,
                         void* argument, unsigned flags, unsigned* id);
CRT_NORETURN void _endthread(void);
CRT_NORETURN void _endthreadex(unsigned code);
int _getpid(void);
CRT_END
#include <stdlib.h>

#endif
