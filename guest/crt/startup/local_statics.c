/* Statics of functions, made once whatever threads come by (documented under /Zc:threadSafeInit).
 * A guard is 0 at first, -1 while its object is being made, then the count of objects made so far,
 * which a thread that has caught up with it (its epoch) need not ask about again. */
#include <limits.h>

#include "system/win32.h"

#define BEING_MADE (-1)

__declspec(thread) int _Init_thread_epoch = INT_MIN;
int _Init_global_epoch = INT_MIN;
static int taken;

static void lock(void) {
  while (__sync_lock_test_and_set(&taken, 1)) Sleep(1);
}
static void unlock(void) {
  __sync_lock_release(&taken);
}

void _Init_thread_header(int* guard) {
  lock();
  while (*guard == BEING_MADE) {
    unlock();
    Sleep(1);
    lock();
  }
  if (*guard == 0) {
    *guard = BEING_MADE;
  } else {
    _Init_thread_epoch = _Init_global_epoch;
  }
  unlock();
}

void _Init_thread_footer(int* guard) {
  lock();
  *guard = ++_Init_global_epoch;
  _Init_thread_epoch = _Init_global_epoch;
  unlock();
}

void _Init_thread_abort(int* guard) {
  lock();
  *guard = 0;
  unlock();
}
