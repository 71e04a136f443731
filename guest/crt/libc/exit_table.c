/* Lists of routines to run at exit: the UCRT's tables, which startup code owns, and the older
 * __dllonexit's pair of pointers. Both grow on the heap and run from their end. */
#include "exit.h"

#include "crt.h"

int _initialize_onexit_table(struct crt_onexit_table* table) {
  if (!table) return -1;
  if (table->first == table->end) *table = (struct crt_onexit_table){0, 0, 0};
  return 0;
}

static int register_locked(struct crt_onexit_table* table, _onexit_t routine) {
  if (table->last == table->end) {
    const size_t count = (size_t)(table->end - table->first);
    const size_t room = count ? 2 * count : 32;
    _onexit_t* moved = realloc(table->first, room * sizeof *moved);
    if (!moved) return -1;
    *table = (struct crt_onexit_table){moved, moved + count, moved + room};
  }
  *table->last++ = routine;
  return 0;
}

int _register_onexit_function(struct crt_onexit_table* table, _onexit_t routine) {
  if (!table) return -1;
  crt_lock(LOCK_EXIT);
  const int result = register_locked(table, routine);
  crt_unlock(LOCK_EXIT);
  return result;
}

/* A routine may register others: they run right after it (C99, 7.20.4.3, leaves no other order). */
int _execute_onexit_table(struct crt_onexit_table* table) {
  if (!table) return -1;
  crt_lock(LOCK_EXIT);
  while (table->first && table->last > table->first) {
    const _onexit_t routine = *--table->last;
    if (routine) routine();
  }
  free(table->first);
  *table = (struct crt_onexit_table){0, 0, 0};
  crt_unlock(LOCK_EXIT);
  return 0;
}

#if CRT_MSVCRT
/* `begin` and `end` bound a block of malloc: what a DLL keeps as its own list. */
_onexit_t __dllonexit(_onexit_t routine, _onexit_t** begin, _onexit_t** end) {
  crt_lock(LOCK_EXIT);
  const size_t count = *begin ? (size_t)(*end - *begin) : 0;
  _onexit_t* moved = realloc(*begin, (count + 1) * sizeof *moved);
  if (moved) {
    moved[count] = routine;
    *begin = moved;
    *end = moved + count + 1;
  }
  crt_unlock(LOCK_EXIT);
  return moved ? routine : 0;
}
#endif
