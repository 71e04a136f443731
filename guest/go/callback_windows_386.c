/* A Go function as a Windows callback (callback_windows_386.c). */
#include "go/runtime.h"

enum { MaxCallbacks = 2000 };

WinCallbackContext* cbctxts[MaxCallbacks]; /* callbackasm1 looks here */
static int32 ncallbacks;
static Lock cbslock;

/* Address of the callbackasm entry that calls fn with nargs words, and pops them if cleanstack. A
 * second time the same function gives the same address. */
uintptr compilecallback(FuncVal* fn, uintptr nargs, bool cleanstack) {
  uintptr argsize = nargs * sizeof(uintptr);
  WinCallbackContext* c;
  int32 n;

  lock(&cbslock);
  for (n = 0; n < ncallbacks; n++) {
    if (cbctxts[n]->gobody == fn && cbctxts[n]->argsize == argsize &&
        (cbctxts[n]->restorestack != 0) == (cleanstack && argsize != 0)) {
      unlock(&cbslock);
      return (uintptr)callbackasm + (uintptr)n * 5;
    }
  }
  if (ncallbacks >= MaxCallbacks) throw("too many callback functions");
  c = persistentalloc(sizeof *c);
  c->gobody = fn;
  c->argsize = argsize;
  c->restorestack = cleanstack ? argsize : 0;
  cbctxts[ncallbacks++] = c;
  if (ncallbacks == 1) needextram = 1; /* C may call back on a thread of its own */
  unlock(&cbslock);
  return (uintptr)callbackasm + (uintptr)n * 5;
}
