/* Static thread-local storage: the directory that the linker lists when code refers to
 * _tls_index, around what the compiler puts into .tls$; and callbacks in .CRT$XLx. */
#include <stddef.h>

typedef void(__stdcall* tls_callback)(void* module, unsigned long reason, void* reserved);

unsigned long _tls_index;

__attribute__((section(".tls"), used)) char _tls_start = 0;
__attribute__((section(".tls$ZZZ"), used)) char _tls_end = 0;
__attribute__((section(".CRT$XLA"), used)) const tls_callback __xl_a[1] = {0};
__attribute__((section(".CRT$XLZ"), used)) const tls_callback __xl_z[1] = {0};

/* IMAGE_TLS_DIRECTORY32 */
const struct {
  const void *start, *end;
  unsigned long* index;
  const tls_callback* callbacks;
  unsigned long zero_fill, characteristics;
} _tls_used = {&_tls_start, &_tls_end, &_tls_index, __xl_a + 1, 0, 0};
