/* Goroutines that are locked to their thread (proc.c). */
#include "go/proc.h"
#include "go/runtime.h"

static void lockOSThread_(void) {
  getm()->lockedg = getg();
  getg()->lockedm = getm();
}

/* For the program: one bit. */
void LockOSThread(void) {
  getm()->locked |= LockExternal;
  lockOSThread_();
}

/* For the runtime: a count. */
void lockOSThread(void) {
  getm()->locked += LockInternal;
  lockOSThread_();
}

static void unlockOSThread_(void) {
  if (getm()->locked != 0) return;
  getm()->lockedg = nil;
  getg()->lockedm = nil;
}

void UnlockOSThread(void) {
  getm()->locked &= ~(uint32)LockExternal;
  unlockOSThread_();
}

void unlockOSThread(void) {
  if (getm()->locked < LockInternal) throw("runtime: internal error: misuse of unlockOSThread");
  getm()->locked -= LockInternal;
  unlockOSThread_();
}

bool LockedOSThread(void) {
  return getg()->lockedm != nil && getm()->lockedg != nil;
}
