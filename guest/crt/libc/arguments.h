/* The command line's parts and the environment, as startup code takes them over. */
#ifndef CRT_LIBC_ARGUMENTS_H
#define CRT_LIBC_ARGUMENTS_H

#include <stddef.h>

extern char* _acmdln;
extern wchar_t* _wcmdln;

/* Has this argument * or ? outside of quotation marks? No, once they were expanded. */
int crt_is_wild(int argument);
/* `arguments` ends with a null pointer, and stays. */
void crt_replace_arguments(int count, wchar_t** arguments);
/* wildcards.c: puts the names of files in the place of * and ?. */
void crt_expand_wildcards(void);

#endif
