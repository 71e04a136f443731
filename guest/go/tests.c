/* The tests, in the order in which they run when none is named. */
#define TEST_ENTRY(name, onlynamed) {#name, name, onlynamed},
#include "go/tests.h"

InternalTest tests[] = {ALL_TESTS(TEST_ENTRY)};
const uint32 ntests = nelem(tests);
