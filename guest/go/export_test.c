/* What the tests may see of the runtime (export_test.go, runtime1.goc, rdebug.goc). */
#include "go/malloc.h"
#include "go/runtime.h"

uintptr getseh_go(void) {
  return (uintptr)getseh();
}

bool SetPanicOnFault(bool enabled) {
  bool old = getg()->paniconfault;
  getg()->paniconfault = enabled;
  return old;
}

uint32 GCReclaimed(void) {
  return mheap.nfree;
}

bool IsAllocated(uintptr complement) {
  uint32 index;
  return lookup(~complement, &index) != nil;
}
