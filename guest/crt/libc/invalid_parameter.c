/* Parameter validation. Release builds of Microsoft's runtime pass no text to the handler, and
 * without a handler the program ends by a fast fail or, before Windows 8, with
 * STATUS_INVALID_CRUNTIME_PARAMETER (documented under _set_invalid_parameter_handler). msvcrt of
 * Windows XP to 10 has no handler unless one is set: functions only return their error. */
#include "crt.h"
#include "fast_fail.h"

#define STATUS_INVALID_CRUNTIME_PARAMETER 0xc0000417u

static _invalid_parameter_handler handler;

NORETURN void _invoke_watson(const wchar_t* expression, const wchar_t* function,
                             const wchar_t* file, unsigned line, uintptr_t reserved) {
  if (crt_has_fast_fail()) crt_fast_fail(FAST_FAIL_INVALID_ARG);
  TerminateProcess(GetCurrentProcess(), STATUS_INVALID_CRUNTIME_PARAMETER);
  __builtin_unreachable();
}

void _invalid_parameter(const wchar_t* expression, const wchar_t* function, const wchar_t* file,
                        unsigned line, uintptr_t reserved) {
  _invalid_parameter_handler chosen = crt_thread()->invalid_parameter_handler;
  if (!chosen) chosen = handler;
  if (chosen) {
    chosen(expression, function, file, line, reserved);
    return;
  }
#if !CRT_MSVCRT
  _invoke_watson(expression, function, file, line, reserved);
#endif
}

void _invalid_parameter_noinfo(void) {
  _invalid_parameter(0, 0, 0, 0, 0);
}

NORETURN void _invalid_parameter_noinfo_noreturn(void) {
  _invalid_parameter(0, 0, 0, 0, 0);
  _invoke_watson(0, 0, 0, 0, 0);
}

void crt_invalid_parameter(void) {
  errno = EINVAL;
  _invalid_parameter_noinfo();
}

_invalid_parameter_handler _set_invalid_parameter_handler(_invalid_parameter_handler to) {
  const _invalid_parameter_handler before = handler;
  handler = to;
  return before;
}
_invalid_parameter_handler _get_invalid_parameter_handler(void) {
  return handler;
}

_invalid_parameter_handler _set_thread_local_invalid_parameter_handler(
    _invalid_parameter_handler to) {
  struct crt_thread_data* thread = crt_thread();
  const _invalid_parameter_handler before = thread->invalid_parameter_handler;
  thread->invalid_parameter_handler = to;
  return before;
}
_invalid_parameter_handler _get_thread_local_invalid_parameter_handler(void) {
  return crt_thread()->invalid_parameter_handler;
}
