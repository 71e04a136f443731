/* Counted strings: made, converted, joined, freed. A converted string ends with a zero that its
 * length does not count. */
#include "system/ntdll/ntdll.h"
#include "system/ntdll/strings.h"

#define LONGEST 0xfffe

static PVOID allocate(ULONG bytes) {
  return RtlAllocateHeap(current_peb()->ProcessHeap, 0, bytes);
}

NTSTATUS NTAPI RtlInitUnicodeStringEx(UNICODE_STRING* string, const WCHAR* text) {
  ULONG length = 0;
  *string = (UNICODE_STRING){0, 0, 0};
  if (!text) return STATUS_SUCCESS;
  while (text[length]) {
    if (++length * sizeof(WCHAR) >= LONGEST) return STATUS_NAME_TOO_LONG;
  }
  *string = (UNICODE_STRING){(USHORT)(length * sizeof(WCHAR)),
                             (USHORT)((length + 1) * sizeof(WCHAR)), (WCHAR*)text};
  return STATUS_SUCCESS;
}

ULONG NTAPI RtlxAnsiStringToUnicodeSize(const ANSI_STRING* string) {
  return (string->Length + 1u) * sizeof(WCHAR);
}
ULONG NTAPI RtlxUnicodeStringToAnsiSize(const UNICODE_STRING* string) {
  return string->Length / sizeof(WCHAR) + 1;
}

NTSTATUS NTAPI RtlAnsiStringToUnicodeString(UNICODE_STRING* to, const ANSI_STRING* from,
                                            BOOLEAN allocates) {
  ULONG needed = RtlxAnsiStringToUnicodeSize(from), written = 0;
  if (needed > LONGEST) return STATUS_INVALID_PARAMETER_2;
  to->Length = (USHORT)(needed - sizeof(WCHAR));
  if (allocates) {
    to->MaximumLength = (USHORT)needed;
    to->Buffer = allocate(needed);
    if (!to->Buffer) return STATUS_NO_MEMORY;
  } else if (to->MaximumLength < needed) {
    return STATUS_BUFFER_OVERFLOW;
  }
  RtlMultiByteToUnicodeN(to->Buffer, to->Length, &written, from->Buffer, from->Length);
  to->Buffer[written / sizeof(WCHAR)] = 0;
  return STATUS_SUCCESS;
}

/* Into too small a buffer goes what has room, with a zero. */
NTSTATUS NTAPI RtlUnicodeStringToAnsiString(ANSI_STRING* to, const UNICODE_STRING* from,
                                            BOOLEAN allocates) {
  ULONG needed = RtlxUnicodeStringToAnsiSize(from);
  NTSTATUS status = STATUS_SUCCESS;
  to->Length = (USHORT)(needed - 1);
  if (allocates) {
    to->MaximumLength = (USHORT)needed;
    to->Buffer = allocate(needed);
    if (!to->Buffer) return STATUS_NO_MEMORY;
  } else if (to->MaximumLength < needed) {
    if (!to->MaximumLength) return STATUS_BUFFER_OVERFLOW;
    to->Length = (USHORT)(to->MaximumLength - 1);
    status = STATUS_BUFFER_OVERFLOW;
  }
  RtlUnicodeToMultiByteN(to->Buffer, to->Length, 0, from->Buffer, from->Length);
  to->Buffer[to->Length] = 0;
  return status;
}

BOOLEAN NTAPI RtlCreateUnicodeString(UNICODE_STRING* string, const WCHAR* text) {
  UNICODE_STRING given;
  if (!NT_SUCCESS(RtlInitUnicodeStringEx(&given, text))) return FALSE;
  WCHAR* copy = allocate(given.MaximumLength);
  if (!copy) return FALSE;
  RtlMoveMemory(copy, given.Buffer, given.MaximumLength);
  *string = (UNICODE_STRING){given.Length, given.MaximumLength, copy};
  return TRUE;
}

BOOLEAN NTAPI RtlCreateUnicodeStringFromAsciiz(UNICODE_STRING* string, const char* text) {
  ANSI_STRING given;
  RtlInitAnsiString(&given, text);
  return NT_SUCCESS(RtlAnsiStringToUnicodeString(string, &given, TRUE));
}

VOID NTAPI RtlFreeUnicodeString(UNICODE_STRING* string) {
  if (string->Buffer) RtlFreeHeap(current_peb()->ProcessHeap, 0, string->Buffer);
  *string = (UNICODE_STRING){0, 0, 0};
}

VOID NTAPI RtlFreeAnsiString(ANSI_STRING* string) {
  if (string->Buffer) RtlFreeHeap(current_peb()->ProcessHeap, 0, string->Buffer);
  *string = (ANSI_STRING){0, 0, 0};
}

VOID NTAPI RtlCopyUnicodeString(UNICODE_STRING* to, const UNICODE_STRING* from) {
  ULONG bytes = from ? from->Length : 0;
  if (bytes > to->MaximumLength) bytes = to->MaximumLength;
  if (bytes) RtlMoveMemory(to->Buffer, from->Buffer, bytes);
  to->Length = (USHORT)bytes;
  if (bytes + sizeof(WCHAR) <= to->MaximumLength) to->Buffer[bytes / sizeof(WCHAR)] = 0;
}

NTSTATUS NTAPI RtlAppendUnicodeStringToString(UNICODE_STRING* to, const UNICODE_STRING* from) {
  ULONG length = (ULONG)to->Length + from->Length;
  if (!from->Length) return STATUS_SUCCESS;
  if (length > to->MaximumLength) return STATUS_BUFFER_TOO_SMALL;
  RtlMoveMemory(to->Buffer + to->Length / sizeof(WCHAR), from->Buffer, from->Length);
  to->Length = (USHORT)length;
  if (length + sizeof(WCHAR) <= to->MaximumLength) to->Buffer[length / sizeof(WCHAR)] = 0;
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlAppendUnicodeToString(UNICODE_STRING* to, const WCHAR* text) {
  UNICODE_STRING given;
  RtlInitUnicodeString(&given, text);
  return RtlAppendUnicodeStringToString(to, &given);
}

NTSTATUS NTAPI RtlUpcaseUnicodeString(UNICODE_STRING* to, const UNICODE_STRING* from,
                                      BOOLEAN allocates) {
  if (allocates) {
    to->MaximumLength = from->Length;
    to->Buffer = allocate(from->Length);
    if (!to->Buffer) return STATUS_NO_MEMORY;
  } else if (to->MaximumLength < from->Length) {
    return STATUS_BUFFER_OVERFLOW;
  }
  to->Length = from->Length;
  for (ULONG i = 0; i < from->Length / sizeof(WCHAR); ++i) {
    to->Buffer[i] = RtlUpcaseUnicodeChar(from->Buffer[i]);
  }
  return STATUS_SUCCESS;
}

/* Base 0 is ten here. */
NTSTATUS NTAPI RtlIntegerToUnicodeString(ULONG value, ULONG base, UNICODE_STRING* to) {
  WCHAR digits[33];
  ULONG at = 32;
  if (base == 0) base = 10;
  if (base != 2 && base != 8 && base != 10 && base != 16) return STATUS_INVALID_PARAMETER;
  digits[at] = 0;
  do {
    ULONG digit = value % base;
    digits[--at] = (WCHAR)(digit < 10 ? '0' + digit : 'A' + digit - 10);
    value /= base;
  } while (value);
  ULONG bytes = (32 - at) * sizeof(WCHAR);
  if (bytes > to->MaximumLength) return STATUS_BUFFER_OVERFLOW;
  UNICODE_STRING made = {(USHORT)bytes, (USHORT)bytes, digits + at};
  RtlCopyUnicodeString(to, &made);
  return STATUS_SUCCESS;
}

static ULONG digit_value(WCHAR character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return 99;
}

/* Leading white space, a sign, and with base 0 a prefix 0x, 0o or 0b; ends at what is no digit. */
NTSTATUS NTAPI RtlUnicodeStringToInteger(const UNICODE_STRING* from, ULONG base, ULONG* value) {
  const WCHAR *at = from->Buffer, *end = at + from->Length / sizeof(WCHAR);
  BOOLEAN negative = FALSE;
  ULONG sum = 0;
  while (at < end && *at <= ' ') ++at;
  if (at < end && (*at == '-' || *at == '+')) negative = *at++ == '-';
  if (base == 0) {
    base = 10;
    if (end - at > 1 && at[0] == '0') {
      if (at[1] == 'x') base = 16;
      if (at[1] == 'o') base = 8;
      if (at[1] == 'b') base = 2;
      if (base != 10) at += 2;
    }
  } else if (base != 2 && base != 8 && base != 10 && base != 16) {
    return STATUS_INVALID_PARAMETER;
  }
  for (; at < end && digit_value(*at) < base; ++at) sum = sum * base + digit_value(*at);
  *value = negative ? 0 - sum : sum;
  return STATUS_SUCCESS;
}
