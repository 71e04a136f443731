/* Routines to run at exit, and how the runtime itself ends. */
#ifndef CRT_LIBC_EXIT_H
#define CRT_LIBC_EXIT_H

#include <stdlib.h>

/* The UCRT's _onexit_table_t: three pointers that startup code keeps, all equal while empty. */
struct crt_onexit_table {
  _onexit_t *first, *last, *end;
};
int _initialize_onexit_table(struct crt_onexit_table* table);
int _register_onexit_function(struct crt_onexit_table* table, _onexit_t routine);
int _execute_onexit_table(struct crt_onexit_table* table);

/* Was the end of the process asked for through exit or _exit? */
int crt_exit_begun(void);

#endif
