/* The offsets and values of layout_list.inc as mingw-w64's headers have them. Compiled with
 * -fsyntax-only: the assertions are the test. */
#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <setjmp.h>
#include <stddef.h>
#include <winternl.h>

#ifdef SEHLAB_WRONG_ON_PURPOSE /* shows that the check can fail */
_Static_assert(offsetof(EXCEPTION_RECORD, NumberParameters) == 0x14, "wrong on purpose");
#endif

#define SIZE(ours, theirs, bytes) _Static_assert(sizeof(theirs) == (bytes), #theirs);
#define FIELD(ours, our_field, theirs, their_field, offset) \
  _Static_assert(offsetof(theirs, their_field) == (offset), #theirs "." #their_field);
#define CONSTANT(name, value) \
  _Static_assert((unsigned long)(name) == (unsigned long)(value), #name);
#include "layout_list.inc"
