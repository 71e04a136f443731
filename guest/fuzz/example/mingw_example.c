/* As mingw-w64 compiles one: cdecl, exported undecorated, C runtime of msvcrt. Its planted bug: a
 * name of the right beginning is compared without a look at where the input ends. */
#include <stdint.h>
#include <string.h>

#define EXPORT __declspec(dllexport)

static int hits;

EXPORT int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2 || data[0] != 'N' || data[1] != '=') return -1;
  if (memcmp(data, "N=name", 6) == 0) ++hits;
  return hits > 1; /* never: each run begins with none */
}
