/* abort and assert. */
#include "crt.h"
#include "fast_fail.h"

#include <assert.h>
#include <io.h>
#include <signal.h>
#include <stdio.h>

/* Documented under _set_abort_behavior: what release builds start with. msvcrt of Windows writes
 * its message and knows no fault report. */
static unsigned behavior = CRT_MSVCRT ? _WRITE_ABORT_MSG : _CALL_REPORTFAULT;

unsigned _set_abort_behavior(unsigned flags, unsigned mask) {
  const unsigned before = behavior;
  behavior = (before & ~mask) | (flags & mask);
  return before;
}

void crt_write_error(const char* text);

NORETURN void abort(void) {
  if (behavior & _WRITE_ABORT_MSG) {
    fflush(stdout);
    crt_write_error(
        "\r\nThis application has requested the Runtime to terminate it in an unusual way.\r\n"
        "Please contact the application's support team for more information.\r\n");
  }
  if (signal(SIGABRT, SIG_GET) != SIG_DFL) raise(SIGABRT);
  /* The fault report: a fast fail where there is one; the lab has no other error reporting. */
  if ((behavior & _CALL_REPORTFAULT) && crt_has_fast_fail()) {
    crt_fast_fail(FAST_FAIL_FATAL_APP_EXIT);
  }
  _exit(3);
}

void _assert(const char* claim, const char* file, unsigned line) {
  fflush(stdout);
  char text[24];
  _ultoa(line, text, 10);
  fputs("Assertion failed: ", stderr);
  fputs(claim, stderr);
  fputs(", file ", stderr);
  fputs(file, stderr);
  fputs(", line ", stderr);
  fputs(text, stderr);
  fputs(CRT_MSVCRT ? "\n\n" : "\n", stderr);
  abort();
}

void _wassert(const wchar_t* claim, const wchar_t* file, unsigned line) {
  fflush(stdout);
  wchar_t text[24];
  _ultow(line, text, 10);
  fputws(L"Assertion failed: ", stderr);
  fputws(claim, stderr);
  fputws(L", file ", stderr);
  fputws(file, stderr);
  fputws(L", line ", stderr);
  fputws(text, stderr);
  fputws(CRT_MSVCRT ? L"\n\n" : L"\n", stderr);
  abort();
}
