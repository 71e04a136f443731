/* Calls back from inside a __try: the chain's head is then an _except_handler3 frame. */
#include "go/cdll/cdll.h"

enum { EXECUTE_HANDLER = 1, CAUGHT = 0xcaca };

STDCALL uint32_t CallBackThroughTry(Callback callback, uint32_t parameter) {
  uint32_t result = 0;
  __try {
    result = callback((void*)1, parameter);
  } __except (EXECUTE_HANDLER) {
    result = CAUGHT; /* never for a fault in the callback: Go's record comes first */
  }
  return result;
}

/* Calls back, then faults by itself and catches that. */
STDCALL uint32_t CallBackThenFault(Callback callback, uint32_t parameter) {
  uint32_t result = 0;
  __try {
    callback((void*)1, parameter);
    result = read_word((const uint32_t*)0);
  } __except (EXECUTE_HANDLER) {
    result = CAUGHT;
  }
  return result;
}
