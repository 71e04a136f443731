/* The command line's parts and the environment, as startup code takes them over. */
#ifndef CRT_LIBC_ARGUMENTS_H
#define CRT_LIBC_ARGUMENTS_H

#include <stddef.h>

extern char* _acmdln;
extern wchar_t* _wcmdln;
/* `characters` of `text` as bytes on the heap; null: no memory. */
char* crt_narrow(const wchar_t* text, size_t characters);

#endif
