/* The texts of errors as wide strings (documented under _wcserror and _wperror). */
#include <stdio.h>

#include "crt.h"

#define TEXT_ROOM 67 /* half of what crt_text_buffer has, in bytes */

const char* crt_error_text(int error);
char* crt_text_buffer(void);

/* What fits, and a zero. */
static void copy(wchar_t* to, size_t room, const char* text) {
  size_t i = 0;
  for (; i + 1 < room && text[i]; ++i) to[i] = (unsigned char)text[i];
  to[i] = 0;
}

wchar_t* _wcserror(int error) {
  wchar_t* to = (wchar_t*)crt_text_buffer();
  if (to) copy(to, TEXT_ROOM, crt_error_text(error));
  return to;
}
errno_t _wcserror_s(wchar_t* to, size_t room, int error) {
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  copy(to, room, crt_error_text(error));
  return 0;
}

/* "text: the error of errno\n" */
errno_t __wcserror_s(wchar_t* to, size_t room, const wchar_t* text) {
  if (!to || room == 0) {
    crt_invalid_parameter();
    return EINVAL;
  }
  const int error = errno;
  size_t length = 0;
  if (text && *text) {
    for (; length + 3 < room && text[length]; ++length) to[length] = text[length];
    copy(to + length, room - length, ": ");
    length = wcslen(to);
  }
  copy(to + length, room - length, crt_error_text(error));
  length += wcslen(to + length);
  copy(to + length, room - length, "\n");
  return 0;
}
wchar_t* __wcserror(const wchar_t* text) {
  wchar_t* to = (wchar_t*)crt_text_buffer();
  return to && __wcserror_s(to, TEXT_ROOM, text) == 0 ? to : 0;
}

void _wperror(const wchar_t* text) {
  wchar_t* to = __wcserror(text);
  if (to) fputws(to, stderr);
}
