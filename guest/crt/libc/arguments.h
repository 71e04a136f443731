/* The command line's parts and the environment, as startup code takes them over. */
#ifndef CRT_LIBC_ARGUMENTS_H
#define CRT_LIBC_ARGUMENTS_H

#include <stddef.h>

extern char* _acmdln;
extern wchar_t* _wcmdln;

#endif
