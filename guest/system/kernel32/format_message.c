/* FormatMessage, as Microsoft documents it: texts of the system or of the caller, with inserts. */
#include "system/kernel32/error_texts.h"
#include "system/kernel32/strings.h"

#define ALLOCATE_BUFFER 0x100
#define IGNORE_INSERTS 0x200
#define FROM_STRING 0x400
#define FROM_HMODULE 0x800
#define FROM_SYSTEM 0x1000
#define ARGUMENT_ARRAY 0x2000
#define MAX_WIDTH_MASK 0xff
#define ERROR_MR_MID_NOT_FOUND 317
#define ERROR_RESOURCE_DATA_NOT_FOUND 1812

/* The text as it grows. */
typedef struct OUTPUT {
  WCHAR* Text;
  ULONG Length, Room;
  BOOL NoMemory;
} OUTPUT;

static VOID put(OUTPUT* output, WCHAR character) {
  if (output->Length + 1 >= output->Room && !output->NoMemory) {
    ULONG room = output->Room ? 2 * output->Room : 128;
    WCHAR* grown = RtlAllocateHeap(GetProcessHeap(), 0, room * sizeof(WCHAR));
    if (!grown) {
      output->NoMemory = TRUE;
      return;
    }
    RtlMoveMemory(grown, output->Text, output->Length * sizeof(WCHAR));
    BasepFree(output->Text);
    output->Text = grown;
    output->Room = room;
  }
  if (output->NoMemory) return;
  output->Text[output->Length++] = character;
  output->Text[output->Length] = 0;
}

/* What comes after !: flags, width, precision, size and type of a printf format. */
typedef struct FORMAT {
  BOOL Left, Zero, HasPrecision;
  ULONG Width, Precision;
  WCHAR Size, Type;
} FORMAT;

/* Where arguments come from: an array of words, whatever the caller named it. */
typedef struct ARGUMENTS {
  const ULONG_PTR* Words;
  ULONG Stars; /* words that a star took before the insert's own */
  BOOL Ansi;
} ARGUMENTS;

static const WCHAR* read_number(const WCHAR* at, ULONG* number) {
  for (*number = 0; *at >= '0' && *at <= '9'; ++at) *number = *number * 10 + *at - '0';
  return at;
}

static const WCHAR* read_format(const WCHAR* at, FORMAT* format, ARGUMENTS* arguments,
                                ULONG insert) {
  for (;; ++at) {
    if (*at == '-') {
      format->Left = TRUE;
    } else if (*at == '0') {
      format->Zero = TRUE;
    } else if (*at != '+' && *at != ' ' && *at != '#') {
      break;
    }
  }
  if (*at == '*') {
    format->Width = arguments->Words[insert + arguments->Stars++];
    ++at;
  } else {
    at = read_number(at, &format->Width);
  }
  if (*at == '.') {
    format->HasPrecision = TRUE;
    ++at;
    if (*at == '*') {
      format->Precision = arguments->Words[insert + arguments->Stars++];
      ++at;
    } else {
      at = read_number(at, &format->Precision);
    }
  }
  if (*at == 'l' || *at == 'h' || *at == 'w') format->Size = *at++;
  format->Type = *at ? *at++ : 0;
  while (*at && *at != '!') ++at;
  return *at ? at + 1 : at;
}

static VOID put_padded(OUTPUT* output, const FORMAT* format, const WCHAR* text, ULONG length) {
  ULONG padding = format->Width > length ? format->Width - length : 0;
  WCHAR pad = format->Zero && !format->Left ? '0' : ' ';
  if (!format->Left) {
    for (ULONG i = 0; i < padding; ++i) put(output, pad);
  }
  for (ULONG i = 0; i < length; ++i) put(output, text[i]);
  if (format->Left) {
    for (ULONG i = 0; i < padding; ++i) put(output, ' ');
  }
}

static VOID put_number(OUTPUT* output, const FORMAT* format, ULONG value) {
  WCHAR digits[12];
  ULONG at = 12, base = format->Type == 'x' || format->Type == 'X' ? 16 : 10;
  BOOL negative = (format->Type == 'd' || format->Type == 'i') && (LONG)value < 0;
  WCHAR letters = format->Type == 'X' ? 'A' : 'a';
  if (negative) value = 0 - value;
  do {
    ULONG digit = value % base;
    digits[--at] = (WCHAR)(digit < 10 ? '0' + digit : letters + digit - 10);
    value /= base;
  } while (value);
  if (negative) digits[--at] = '-';
  put_padded(output, format, digits + at, 12 - at);
}

static VOID put_string(OUTPUT* output, const FORMAT* format, ULONG_PTR word, BOOL ansi) {
  WCHAR* widened = 0;
  const WCHAR* text = (const WCHAR*)word;
  static const WCHAR null_text[] = {'(', 'n', 'u', 'l', 'l', ')', 0};
  if (!word) {
    text = null_text;
  } else if (ansi) {
    text = widened = BasepWiden((const char*)word);
  }
  if (!text) return;
  ULONG length = BasepLength(text);
  if (format->HasPrecision && length > format->Precision) length = format->Precision;
  put_padded(output, format, text, length);
  BasepFree(widened);
}

/* One insert, `at` behind its number. */
static const WCHAR* put_insert(OUTPUT* output, const WCHAR* at, ULONG number,
                               ARGUMENTS* arguments) {
  FORMAT format = {.Type = 's'};
  arguments->Stars = 0;
  if (*at == '!') at = read_format(at + 1, &format, arguments, number - 1);
  ULONG_PTR word = arguments->Words[number - 1 + arguments->Stars];
  /* s is as wide as the function's name says, S the other one; a size settles it. */
  BOOL ansi = format.Size == 'h'                         ? TRUE
              : format.Size == 'l' || format.Size == 'w' ? FALSE
              : format.Type == 'S' || format.Type == 'C' ? !arguments->Ansi
                                                         : arguments->Ansi;
  if (format.Type == 's' || format.Type == 'S') {
    put_string(output, &format, word, ansi);
  } else if (format.Type == 'c' || format.Type == 'C') {
    WCHAR one = ansi ? RtlpByteToUnicode(RTLP_ANSI, (UCHAR)word) : (WCHAR)word;
    put_padded(output, &format, &one, 1);
  } else {
    put_number(output, &format, word);
  }
  return at;
}

static VOID put_line_end(OUTPUT* output) {
  put(output, '\r');
  put(output, '\n');
}

/* The escape behind a percent sign; null: the text ends there, without a line end (%0). */
static const WCHAR* put_escape(OUTPUT* output, const WCHAR* at, DWORD flags, ARGUMENTS* arguments) {
  if (*at == '0') return 0;
  if (*at >= '1' && *at <= '9') {
    ULONG number = *at++ - '0';
    if (*at >= '0' && *at <= '9') number = number * 10 + *at++ - '0';
    if (!(flags & IGNORE_INSERTS)) return put_insert(output, at, number, arguments);
    put(output, '%');
    if (number > 9) put(output, (WCHAR)('0' + number / 10));
    put(output, (WCHAR)('0' + number % 10));
    return at;
  }
  switch (*at) {
    case 'n':
      put_line_end(output);
      break;
    case 'r':
      put(output, '\r');
      break;
    case 't':
      put(output, '\t');
      break;
    case 0:
      return at;
    default: /* a percent sign, a full stop, an exclamation mark, a space */
      put(output, *at);
  }
  return at + 1;
}

/* Line ends become CR LF; with a width of 0xff they become spaces and only %n ends a line. */
static BOOL format_text(OUTPUT* output, const WCHAR* at, DWORD flags, ARGUMENTS* arguments) {
  BOOL one_line = (flags & MAX_WIDTH_MASK) == MAX_WIDTH_MASK;
  while (at && *at) {
    WCHAR character = *at++;
    if (character == '%') {
      at = put_escape(output, at, flags, arguments);
    } else if (character == '\r' || character == '\n') {
      if (character == '\r' && *at == '\n') ++at;
      if (one_line) {
        put(output, ' ');
      } else {
        put_line_end(output);
      }
    } else {
      put(output, character);
    }
  }
  return !output->NoMemory;
}

static const char* system_text(DWORD error) {
  for (ULONG i = 0; i < sizeof error_texts / sizeof error_texts[0]; ++i) {
    if (error_texts[i].Error == error) return error_texts[i].Text;
  }
  return 0;
}

/* The text with its inserts, on the heap; null (and the last error): there is none. */
static WCHAR* make_message(DWORD flags, const WCHAR* given, DWORD message, DWORD language,
                           PVOID list, BOOL ansi, ULONG* length) {
  static const ULONG_PTR none[100];
  ARGUMENTS arguments = {none, 0, ansi};
  OUTPUT output = {0, 0, 0, FALSE};
  if (list) arguments.Words = (flags & ARGUMENT_ARRAY) ? list : *(ULONG_PTR**)list;
  if (!list && !(flags & FROM_STRING)) flags |= IGNORE_INSERTS;
  if (flags & FROM_STRING) {
    format_text(&output, given, flags, &arguments);
  } else {
    const char* text = (flags & FROM_SYSTEM) ? system_text(message) : 0;
    if (!text) {
      SetLastError(!(flags & (FROM_SYSTEM | FROM_HMODULE)) ? ERROR_INVALID_PARAMETER
                   : (flags & FROM_SYSTEM)                 ? ERROR_MR_MID_NOT_FOUND
                                                           : ERROR_RESOURCE_DATA_NOT_FOUND);
      return 0;
    }
    WCHAR* wide = BasepWiden(text);
    if (!wide) return 0;
    format_text(&output, wide, flags, &arguments);
    BasepFree(wide);
    if ((flags & MAX_WIDTH_MASK) == MAX_WIDTH_MASK) {
      put(&output, ' ');
    } else {
      put_line_end(&output);
    }
  }
  if (!output.Text && !output.NoMemory) {
    SetLastError(0); /* an empty text is no error, and no length either */
    return 0;
  }
  *length = output.Length;
  if (output.NoMemory) {
    BasepFree(output.Text);
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return 0;
  }
  return output.Text;
}

DWORD WINAPI FormatMessageW(DWORD flags, const WCHAR* source, DWORD message, DWORD language,
                            WCHAR* buffer, DWORD room, PVOID arguments) {
  ULONG length = 0;
  if (!buffer || ((flags & FROM_STRING) && !source)) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  if (flags & ALLOCATE_BUFFER) *(WCHAR**)buffer = 0;
  WCHAR* text = make_message(flags, source, message, language, arguments, FALSE, &length);
  if (!text) return 0;
  if (flags & ALLOCATE_BUFFER) {
    *(WCHAR**)buffer = text;
    return length;
  }
  if (length >= room) {
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
    length = 0;
  } else {
    BasepGiveWide(text, length, buffer, room);
  }
  BasepFree(text);
  return length;
}

DWORD WINAPI FormatMessageA(DWORD flags, const char* source, DWORD message, DWORD language,
                            char* buffer, DWORD room, PVOID arguments) {
  ULONG length = 0;
  if (!buffer || ((flags & FROM_STRING) && !source)) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  if (flags & ALLOCATE_BUFFER) *(char**)buffer = 0;
  WCHAR* given = (flags & FROM_STRING) ? BasepWiden(source) : 0;
  if ((flags & FROM_STRING) && !given) return 0;
  WCHAR* text = make_message(flags, given, message, language, arguments, TRUE, &length);
  BasepFree(given);
  if (!text) return 0;
  char* to = buffer;
  if (flags & ALLOCATE_BUFFER) {
    to = LocalAlloc(0, length + 1);
    *(char**)buffer = to;
    room = length + 1;
  }
  if (!to || length >= room) {
    SetLastError(to ? ERROR_INSUFFICIENT_BUFFER : ERROR_NOT_ENOUGH_MEMORY);
    length = 0;
  } else {
    BasepGiveAnsi(text, length, to, room);
  }
  BasepFree(text);
  return length;
}
