/* Characters and strings between char and wchar_t in the "C" locale: a byte is the character of its
 * number (documented under mbstowcs, wcstombs_s, mbrtowc and their kin; C99 7.20.7, 7.24.6). */
#include "crt.h"

int mblen(const char* text, size_t count) {
  return !text || !*text ? 0 : count == 0 ? -1 : 1;
}
int mbtowc(wchar_t* to, const char* text, size_t count) {
  if (!text || count == 0) return 0;
  if (to) *to = (unsigned char)*text;
  return *text != 0;
}
int wctomb(char* to, wchar_t c) {
  if (!to) return 0;
  if (c > 0xff) {
    errno = EILSEQ;
    return -1;
  }
  *to = (char)c;
  return 1;
}
errno_t wctomb_s(int* length, char* to, size_t room, wchar_t c) {
  if (!to && room > 0) {
    if (length) *length = 0;
    return 0;
  }
  if (room > INT_MAX || !to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  if (length) *length = -1;
  if (room == 0) {
    errno = ERANGE;
    _invalid_parameter_noinfo();
    return errno = ERANGE;
  }
  if (wctomb(to, c) < 0) return EILSEQ;
  if (length) *length = 1;
  return 0;
}

size_t mbstowcs(wchar_t* to, const char* text, size_t count) {
  if (!text) {
    crt_invalid_parameter();
    return (size_t)-1;
  }
  if (!to) return strlen(text);
  size_t i = 0;
  for (; i < count; ++i) {
    to[i] = (unsigned char)text[i];
    if (!text[i]) break;
  }
  return i;
}
size_t wcstombs(char* to, const wchar_t* text, size_t count) {
  if (!text) {
    crt_invalid_parameter();
    return (size_t)-1;
  }
  size_t i = 0;
  for (; (!to || i < count); ++i) {
    if (text[i] > 0xff) {
      errno = EILSEQ;
      return (size_t)-1;
    }
    if (to) to[i] = (char)text[i];
    if (!text[i]) break;
  }
  return i;
}

/* What the four _s forms of strings share: `length` characters of which `room` must take all and a
 * zero, unless `count` is _TRUNCATE. How many are kept goes to `kept`. */
static errno_t fit(size_t length, size_t room, size_t count, size_t* kept) {
  *kept = length;
  if (length < room) return 0;
  if (count == _TRUNCATE) {
    *kept = room - 1;
    return STRUNCATE;
  }
  errno = ERANGE;
  _invalid_parameter_noinfo();
  return errno = ERANGE;
}
static int valid(const void* to, size_t room, const void* text) {
  if (text && !to == !room) return 1;
  crt_invalid_parameter();
  return 0;
}

/* `converted` counts the zero. */
errno_t mbstowcs_s(size_t* converted, wchar_t* to, size_t room, const char* text, size_t count) {
  size_t kept;
  if (converted) *converted = 0;
  if (to && room > 0) to[0] = 0;
  if (!valid(to, room, text)) return EINVAL;
  const size_t length = to ? strnlen(text, count) : strlen(text);
  const errno_t error = to ? fit(length, room, count, &kept) : 0;
  if (error == ERANGE) return error;
  if (to) {
    mbstowcs(to, text, kept);
    to[kept] = 0;
  }
  if (converted) *converted = (to ? kept : length) + 1;
  return error;
}
errno_t wcstombs_s(size_t* converted, char* to, size_t room, const wchar_t* text, size_t count) {
  size_t kept;
  if (converted) *converted = 0;
  if (to && room > 0) to[0] = 0;
  if (!valid(to, room, text)) return EINVAL;
  const size_t length = to ? wcsnlen(text, count) : wcslen(text);
  const errno_t error = to ? fit(length, room, count, &kept) : 0;
  if (error == ERANGE) return error;
  if (to) {
    if (wcstombs(to, text, kept) == (size_t)-1) {
      to[0] = 0;
      return EILSEQ;
    }
    to[kept] = 0;
  }
  if (converted) *converted = (to ? kept : length) + 1;
  return error;
}

wint_t btowc(int c) {
  return c >= 0 && c <= 0xff ? (wint_t)c : WEOF;
}
int wctob(wint_t c) {
  return c <= 0xff ? c : -1;
}

/* The forms with a state, which stays as it began: no character has two bytes. */
size_t mbrtowc(wchar_t* to, const char* text, size_t count, mbstate_t* state) {
  if (!text) return 0;
  if (count == 0) return (size_t)-2;
  if (to) *to = (unsigned char)*text;
  return *text != 0;
}
size_t mbrlen(const char* text, size_t count, mbstate_t* state) {
  return mbrtowc(0, text, count, state);
}
size_t wcrtomb(char* to, wchar_t c, mbstate_t* state) {
  return to ? (size_t)wctomb(to, c) : 1;
}
int mbsinit(const mbstate_t* state) {
  return 1;
}
errno_t wcrtomb_s(size_t* length, char* to, size_t room, wchar_t c, mbstate_t* state) {
  int bytes = 0;
  if (length) *length = (size_t)-1;
  const errno_t error = to ? wctomb_s(&bytes, to, room, c) : 0;
  if (length && !error) *length = to ? (size_t)bytes : 1;
  return error;
}

/* `text` moves to what is left, or to null when all went over. */
size_t mbsrtowcs(wchar_t* to, const char** text, size_t count, mbstate_t* state) {
  if (!text || !*text) {
    crt_invalid_parameter();
    return (size_t)-1;
  }
  if (!to) return strlen(*text);
  const size_t done = mbstowcs(to, *text, count);
  *text = done < count ? 0 : *text + done;
  return done;
}
size_t wcsrtombs(char* to, const wchar_t** text, size_t count, mbstate_t* state) {
  if (!text || !*text) {
    crt_invalid_parameter();
    return (size_t)-1;
  }
  const size_t done = wcstombs(to, *text, count);
  if (to && done != (size_t)-1) *text = done < count ? 0 : *text + done;
  return done;
}
errno_t mbsrtowcs_s(size_t* converted, wchar_t* to, size_t room, const char** text, size_t count,
                    mbstate_t* state) {
  size_t own;
  if (!text) {
    crt_invalid_parameter();
    return EINVAL;
  }
  const errno_t error = mbstowcs_s(&own, to, room, *text, count);
  if (converted) *converted = own;
  if (to && (!error || error == STRUNCATE)) *text = (*text)[own - 1] ? *text + own - 1 : 0;
  return error;
}
errno_t wcsrtombs_s(size_t* converted, char* to, size_t room, const wchar_t** text, size_t count,
                    mbstate_t* state) {
  size_t own;
  if (!text) {
    crt_invalid_parameter();
    return EINVAL;
  }
  const errno_t error = wcstombs_s(&own, to, room, *text, count);
  if (converted) *converted = own;
  if (to && (!error || error == STRUNCATE)) *text = (*text)[own - 1] ? *text + own - 1 : 0;
  return error;
}
