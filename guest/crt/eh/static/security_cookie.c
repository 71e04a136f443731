/* The image's security cookie (/GS): linked into every image; __security_init_cookie is the first
 * thing that the entry point calls. */
#include "system/win32.h"

#define DEFAULT_SECURITY_COOKIE 0xbb40e64eu

ULONG_PTR __security_cookie = DEFAULT_SECURITY_COOKIE;
ULONG_PTR __security_cookie_complement = ~DEFAULT_SECURITY_COOKIE;

void __cdecl __security_init_cookie(void) {
  if (__security_cookie != DEFAULT_SECURITY_COOKIE && __security_cookie & 0xffff0000) {
    __security_cookie_complement = ~__security_cookie; /* the loader has set it */
    return;
  }
  LARGE_INTEGER time, counter;
  GetSystemTimeAsFileTime(&time);
  QueryPerformanceCounter(&counter);
  ULONG_PTR cookie = (ULONG_PTR)time ^ (ULONG_PTR)(time >> 32) ^ GetCurrentThreadId() ^
                     GetCurrentProcessId() ^ (ULONG_PTR)counter ^ (ULONG_PTR)(counter >> 32) ^
                     (ULONG_PTR)&counter;
  if (cookie == DEFAULT_SECURITY_COOKIE) ++cookie;
  if (!(cookie & 0xffff0000)) cookie |= (cookie | 0x4711) << 16;
  __security_cookie = cookie;
  __security_cookie_complement = ~cookie;
}
