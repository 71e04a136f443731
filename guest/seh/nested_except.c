/* Filters are asked from the innermost __try outwards, with all frames still there; the first that
 * says EXCEPTION_EXECUTE_HANDLER gets it (Microsoft: "try-except statement"). */
#include "cases/steps.h"

PROGRAM {
  __try {
    __try {
      __try {
        raise(0xe0000001);
      } __except (filter('1', EXCEPTION_CONTINUE_SEARCH)) {
        step('!');
      }
    } __except (filter('2', EXCEPTION_EXECUTE_HANDLER)) {
      step('a');
    }
    step('b');
  } __except (filter('!', EXCEPTION_EXECUTE_HANDLER)) {
    step('!');
  }
  TRAIL("12ab");
}
