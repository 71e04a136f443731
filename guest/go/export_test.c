/* What the tests may see of the runtime (export_test.go, runtime1.goc, rdebug.goc). */
#include "go/runtime.h"

uintptr getseh_go(void) {
  return (uintptr)getseh();
}

bool SetPanicOnFault(bool enabled) {
  bool old = getg()->paniconfault;
  getg()->paniconfault = enabled;
  return old;
}
