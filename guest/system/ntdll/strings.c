/* Counted strings and plain memory. */
#include "system/ntdll/ntdll.h"

#define LONGEST_UNICODE_STRING 0x7ffe

VOID NTAPI RtlInitUnicodeString(UNICODE_STRING* string, const WCHAR* text) {
  ULONG length = 0;
  if (text) {
    while (length < LONGEST_UNICODE_STRING && text[length]) ++length;
  }
  string->Length = (USHORT)(length * sizeof(WCHAR));
  string->MaximumLength = text ? (USHORT)(string->Length + sizeof(WCHAR)) : 0;
  string->Buffer = (WCHAR*)text;
}

VOID NTAPI RtlInitAnsiString(ANSI_STRING* string, const char* text) {
  ULONG length = 0;
  if (text) {
    while (length < LONGEST_UNICODE_STRING && text[length]) ++length;
  }
  string->Length = (USHORT)length;
  string->MaximumLength = text ? (USHORT)(length + 1) : 0;
  string->Buffer = (char*)text;
}

VOID NTAPI RtlZeroMemory(PVOID to, SIZE_T bytes) {
  __builtin_memset(to, 0, bytes);
}

VOID NTAPI RtlMoveMemory(PVOID to, const void* from, SIZE_T bytes) {
  __builtin_memmove(to, from, bytes);
}
