/* wsprintf: user32's small printf (Microsoft's documentation of wsprintf): integers, characters and
 * strings, 1,024 characters at most. */
#include <stdarg.h>

#include "system/ntdll/strings.h"
#include "system/win32.h"

#define MOST 1024

/* Where the characters come from and go to: bytes, or UTF-16. */
typedef struct OUT {
  PVOID Text;
  BOOL Wide;
  ULONG Length;
} OUT;

static WCHAR unit(const void* text, BOOL wide, ULONG at) {
  return wide ? ((const WCHAR*)text)[at] : ((const UCHAR*)text)[at];
}

static VOID put(OUT* out, WCHAR c) {
  if (out->Length >= MOST) return;
  if (out->Wide) {
    ((WCHAR*)out->Text)[out->Length++] = c;
  } else {
    ((char*)out->Text)[out->Length++] = (char)c;
  }
}

/* A character of the other width. */
static WCHAR converted(WCHAR c, BOOL from_wide, BOOL to_wide) {
  if (from_wide == to_wide) return c;
  return from_wide ? RtlpUnicodeToByte(RTLP_ANSI, c) : RtlpByteToUnicode(RTLP_ANSI, (UCHAR)c);
}

typedef struct FIELD {
  BOOL Left, Alternate, Zeros;
  ULONG Width;
  LONG Precision; /* -1: none */
} FIELD;

static VOID pad(OUT* out, ULONG count, WCHAR with) {
  for (; count && out->Length < MOST; --count) put(out, with);
}

static VOID put_text(OUT* out, const FIELD* field, const void* text, BOOL wide) {
  ULONG length = 0;
  while ((field->Precision < 0 || length < (ULONG)field->Precision) && unit(text, wide, length)) {
    ++length;
  }
  ULONG blanks = field->Width > length ? field->Width - length : 0;
  if (!field->Left) pad(out, blanks, field->Zeros ? '0' : ' ');
  for (ULONG i = 0; i < length; ++i) put(out, converted(unit(text, wide, i), wide, out->Wide));
  if (field->Left) pad(out, blanks, ' ');
}

static VOID put_number(OUT* out, const FIELD* field, ULONG value, BOOL negative, ULONG base,
                       BOOL capitals) {
  const char* digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
  char text[12];
  ULONG length = 0;
  do {
    text[length++] = digits[value % base];
    value /= base;
  } while (value);
  ULONG zeros = field->Precision > (LONG)length ? (ULONG)field->Precision - length : 0;
  ULONG sign = negative + (field->Alternate && base == 16 ? 2u : 0u);
  ULONG whole = sign + zeros + length;
  ULONG blanks = field->Width > whole ? field->Width - whole : 0;
  if (field->Zeros && !field->Left && field->Precision < 0) zeros += blanks, blanks = 0;
  if (!field->Left) pad(out, blanks, ' ');
  if (negative) put(out, '-');
  if (field->Alternate && base == 16) put(out, '0'), put(out, capitals ? 'X' : 'x');
  pad(out, zeros, '0');
  while (length) put(out, text[--length]);
  if (field->Left) pad(out, blanks, ' ');
}

static int format_into(OUT* out, const void* format, va_list arguments) {
  const BOOL wide = out->Wide;
  ULONG at = 0;
  for (WCHAR c; (c = unit(format, wide, at)) != 0;) {
    ++at;
    if (c != '%') {
      put(out, c);
      continue;
    }
    FIELD field = {FALSE, FALSE, FALSE, 0, -1};
    BOOL narrow_argument = FALSE, wide_argument = FALSE;
    for (;; ++at) {
      c = unit(format, wide, at);
      if (c == '-')
        field.Left = TRUE;
      else if (c == '#')
        field.Alternate = TRUE;
      else if (c == '0')
        field.Zeros = TRUE;
      else
        break;
    }
    for (; c >= '0' && c <= '9'; c = unit(format, wide, ++at)) {
      field.Width = field.Width * 10 + c - '0';
    }
    if (c == '.') {
      field.Precision = 0;
      for (c = unit(format, wide, ++at); c >= '0' && c <= '9'; c = unit(format, wide, ++at)) {
        field.Precision = field.Precision * 10 + c - '0';
      }
    }
    for (;; c = unit(format, wide, ++at)) {
      if (c == 'h')
        narrow_argument = TRUE;
      else if (c == 'l' || c == 'w')
        wide_argument = TRUE;
      else
        break;
    }
    if (!c) break;
    ++at;
    switch (c) {
      case 'c':
      case 'C': {
        BOOL is_wide = c == 'C' ? !wide : wide;
        if (narrow_argument) is_wide = FALSE;
        if (wide_argument) is_wide = TRUE;
        WCHAR text[2] = {(WCHAR)va_arg(arguments, int), 0};
        if (!is_wide) text[0] &= 0xff;
        text[0] = converted(text[0], is_wide, TRUE);
        field.Precision = 1;
        put_text(out, &field, text, TRUE);
        break;
      }
      case 's':
      case 'S': {
        BOOL is_wide = c == 'S' ? !wide : wide;
        if (narrow_argument) is_wide = FALSE;
        if (wide_argument) is_wide = TRUE;
        const void* text = va_arg(arguments, const void*);
        put_text(out, &field, text ? text : (is_wide ? (const void*)L"(null)" : "(null)"), is_wide);
        break;
      }
      case 'd':
      case 'i': {
        LONG value = va_arg(arguments, LONG);
        put_number(out, &field, value < 0 ? 0u - (ULONG)value : (ULONG)value, value < 0, 10, FALSE);
        break;
      }
      case 'u':
        put_number(out, &field, va_arg(arguments, ULONG), FALSE, 10, FALSE);
        break;
      case 'p':
        field.Precision = 8;
        put_number(out, &field, va_arg(arguments, ULONG), FALSE, 16, TRUE);
        break;
      case 'x':
      case 'X':
        put_number(out, &field, va_arg(arguments, ULONG), FALSE, 16, c == 'X');
        break;
      default: /* no format: the character */
        put(out, c);
        break;
    }
  }
  /* 1,024 with the zero. */
  ULONG end = out->Length < MOST ? out->Length : MOST - 1;
  out->Length = end;
  put(out, 0);
  return (int)end;
}

int WINAPI wvsprintfA(char* to, const char* format, va_list arguments) {
  OUT out = {to, FALSE, 0};
  return format_into(&out, format, arguments);
}

int WINAPI wvsprintfW(WCHAR* to, const WCHAR* format, va_list arguments) {
  OUT out = {to, TRUE, 0};
  return format_into(&out, format, arguments);
}

int __cdecl wsprintfA(char* to, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = wvsprintfA(to, format, arguments);
  va_end(arguments);
  return length;
}

int __cdecl wsprintfW(WCHAR* to, const WCHAR* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = wvsprintfW(to, format, arguments);
  va_end(arguments);
  return length;
}
