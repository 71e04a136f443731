/* A DLL with a C runtime of its own image: it has no DllMain. */
#include <stdio.h>
#include <stdlib.h>

static void leaves(void) {
  puts("what the DLL registered");
}

int doubled(int value) {
  atexit(leaves);
  return 2 * value;
}
