/* Locks and one-time events (lock_sema.c), over Win32 events. */
#include "go/os_windows.h"

/* Held for a few instructions only, never across a park, so whoever meets it held just gives the
 * processor away. (Go's slept on the M's event after some tries.) */
void lock(Lock* l) {
  while (!cas(&l->key, 0, 1)) osyield();
}

void unlock(Lock* l) {
  if (xchg(&l->key, 0) != 1) throw("unlock of unlocked lock");
}

enum { NoteWoken = 1 };

static uintptr waitsema(M* mp) {
  if (mp->waitsema == nil) mp->waitsema = semacreate();
  return (uintptr)mp->waitsema;
}

void noteclear(Note* n) {
  n->key = 0;
}

/* Sleeps until notewakeup; on g0. */
void notesleep(Note* n) {
  M* m = getm();
  uintptr sema = waitsema(m);
  if (getg() != m->g0) throw("notesleep not on g0");
  if (!cas(&n->key, 0, (uintptr)m)) {
    /* must be woken already */
    if (n->key != NoteWoken) throw("notesleep - waitm out of sync");
    return;
  }
  stdcall(WaitForSingleObject, 2, sema, INFINITE);
}

void notewakeup(Note* n) {
  uintptr v = xchg(&n->key, NoteWoken);
  if (v == 0) return; /* nothing was waiting */
  if (v == NoteWoken) throw("notewakeup - double wakeup");
  stdcall(SetEvent, 1, ((M*)v)->waitsema);
}
