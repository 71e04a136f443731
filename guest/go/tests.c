/* The list of tests, in the order in which they run when none is named. */
#include "go/tests.h"

#define ENTRY(name) \
  { #name, name }
InternalTest tests[] = {
    ENTRY(TestCallback),
    /* must be the first of those that panic: see syscall_windows_test.c */
    ENTRY(TestCallbackPanicLocked),
    ENTRY(TestCallbackPanic),
    ENTRY(TestCallbackPanicLoop),
    ENTRY(TestSetPanicOnFault),
};
const uint32 ntests = nelem(tests);
