/* Upper and lower case, and comparing by it. */
#include "lab/case_table.h"

#include "system/ntdll/strings.h"

static WCHAR map(const LAB_CASE_RUN* runs, ULONG count, WCHAR character) {
  ULONG low = 0, high = count;
  while (low < high) {
    ULONG middle = (low + high) / 2;
    if (runs[middle].Last < character) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == count || character < runs[low].First) return character;
  if ((character - runs[low].First) % runs[low].Step) return character;
  return (WCHAR)(character + runs[low].Distance);
}

WCHAR NTAPI RtlUpcaseUnicodeChar(WCHAR character) {
  if (character < 0x80) return character >= 'a' && character <= 'z' ? character - 32 : character;
  return map(lab_to_upper, sizeof lab_to_upper / sizeof lab_to_upper[0], character);
}

WCHAR NTAPI RtlDowncaseUnicodeChar(WCHAR character) {
  if (character < 0x80) return character >= 'A' && character <= 'Z' ? character + 32 : character;
  return map(lab_to_lower, sizeof lab_to_lower / sizeof lab_to_lower[0], character);
}

char NTAPI RtlUpperChar(char character) {
  WCHAR upper = RtlUpcaseUnicodeChar(RtlpByteToUnicode(RTLP_ANSI, (UCHAR)character));
  ULONG byte = RtlpUnicodeToByte(RTLP_ANSI, upper);
  return byte == RTLP_UNMAPPED ? character : (char)byte;
}

LONG NTAPI RtlCompareUnicodeStrings(const WCHAR* left, SIZE_T left_length, const WCHAR* right,
                                    SIZE_T right_length, BOOLEAN ignore_case) {
  SIZE_T shorter = left_length < right_length ? left_length : right_length;
  for (SIZE_T i = 0; i < shorter; ++i) {
    WCHAR a = left[i], b = right[i];
    if (ignore_case) {
      a = RtlUpcaseUnicodeChar(a);
      b = RtlUpcaseUnicodeChar(b);
    }
    if (a != b) return (LONG)a - (LONG)b;
  }
  return (LONG)left_length - (LONG)right_length;
}

LONG NTAPI RtlCompareUnicodeString(const UNICODE_STRING* left, const UNICODE_STRING* right,
                                   BOOLEAN ignore_case) {
  return RtlCompareUnicodeStrings(left->Buffer, left->Length / sizeof(WCHAR), right->Buffer,
                                  right->Length / sizeof(WCHAR), ignore_case);
}

BOOLEAN NTAPI RtlEqualUnicodeString(const UNICODE_STRING* left, const UNICODE_STRING* right,
                                    BOOLEAN ignore_case) {
  return left->Length == right->Length && !RtlCompareUnicodeString(left, right, ignore_case);
}

BOOLEAN NTAPI RtlPrefixUnicodeString(const UNICODE_STRING* prefix, const UNICODE_STRING* string,
                                     BOOLEAN ignore_case) {
  ULONG length = prefix->Length / sizeof(WCHAR);
  return prefix->Length <= string->Length &&
         !RtlCompareUnicodeStrings(prefix->Buffer, length, string->Buffer, length, ignore_case);
}

LONG NTAPI RtlCompareString(const ANSI_STRING* left, const ANSI_STRING* right,
                            BOOLEAN ignore_case) {
  ULONG shorter = left->Length < right->Length ? left->Length : right->Length;
  for (ULONG i = 0; i < shorter; ++i) {
    char a = left->Buffer[i], b = right->Buffer[i];
    if (ignore_case) {
      a = RtlUpperChar(a);
      b = RtlUpperChar(b);
    }
    if (a != b) return (UCHAR)a - (UCHAR)b;
  }
  return left->Length - right->Length;
}

BOOLEAN NTAPI RtlEqualString(const ANSI_STRING* left, const ANSI_STRING* right,
                             BOOLEAN ignore_case) {
  return left->Length == right->Length && !RtlCompareString(left, right, ignore_case);
}
