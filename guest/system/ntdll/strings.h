/* Counted strings, code pages, case. */
#ifndef SYSTEM_NTDLL_STRINGS_H
#define SYSTEM_NTDLL_STRINGS_H

#include "system/nt.h"

#define STATUS_SOME_NOT_MAPPED ((NTSTATUS)0x00000107)
#define STATUS_BUFFER_OVERFLOW ((NTSTATUS)0x80000005)
#define STATUS_INVALID_PARAMETER_2 ((NTSTATUS)0xc00000f0)

/* codepage.c: the ANSI code page is 1252, the OEM one 437 */
NTSTATUS NTAPI RtlMultiByteToUnicodeN(WCHAR* to, ULONG room_bytes, ULONG* written_bytes,
                                      const char* from, ULONG bytes);
NTSTATUS NTAPI RtlMultiByteToUnicodeSize(ULONG* needed_bytes, const char* from, ULONG bytes);
NTSTATUS NTAPI RtlUnicodeToMultiByteN(char* to, ULONG room, ULONG* written, const WCHAR* from,
                                      ULONG bytes);
NTSTATUS NTAPI RtlUnicodeToMultiByteSize(ULONG* needed, const WCHAR* from, ULONG bytes);
NTSTATUS NTAPI RtlOemToUnicodeN(WCHAR* to, ULONG room_bytes, ULONG* written_bytes, const char* from,
                                ULONG bytes);
NTSTATUS NTAPI RtlUnicodeToOemN(char* to, ULONG room, ULONG* written, const WCHAR* from,
                                ULONG bytes);
NTSTATUS NTAPI RtlUTF8ToUnicodeN(WCHAR* to, ULONG room_bytes, ULONG* written_bytes,
                                 const char* from, ULONG bytes);
NTSTATUS NTAPI RtlUnicodeToUTF8N(char* to, ULONG room, ULONG* written, const WCHAR* from,
                                 ULONG bytes);
#define RTLP_ANSI 1252
#define RTLP_OEM 437
#define RTLP_UNMAPPED 0xffff
/* One character of a single-byte code page (RTLP_ANSI or RTLP_OEM), and back: RTLP_UNMAPPED where
 * there is none. */
WCHAR NTAPI RtlpByteToUnicode(ULONG page, UCHAR byte);
ULONG NTAPI RtlpUnicodeToByte(ULONG page, WCHAR character);

/* case.c */
WCHAR NTAPI RtlUpcaseUnicodeChar(WCHAR character);
WCHAR NTAPI RtlDowncaseUnicodeChar(WCHAR character);
LONG NTAPI RtlCompareUnicodeStrings(const WCHAR* left, SIZE_T left_length, const WCHAR* right,
                                    SIZE_T right_length, BOOLEAN ignore_case);
LONG NTAPI RtlCompareUnicodeString(const UNICODE_STRING* left, const UNICODE_STRING* right,
                                   BOOLEAN ignore_case);
BOOLEAN NTAPI RtlEqualUnicodeString(const UNICODE_STRING* left, const UNICODE_STRING* right,
                                    BOOLEAN ignore_case);
BOOLEAN NTAPI RtlPrefixUnicodeString(const UNICODE_STRING* prefix, const UNICODE_STRING* string,
                                     BOOLEAN ignore_case);
LONG NTAPI RtlCompareString(const ANSI_STRING* left, const ANSI_STRING* right, BOOLEAN ignore_case);
BOOLEAN NTAPI RtlEqualString(const ANSI_STRING* left, const ANSI_STRING* right,
                             BOOLEAN ignore_case);
char NTAPI RtlUpperChar(char character);

/* counted.c */
NTSTATUS NTAPI RtlInitUnicodeStringEx(UNICODE_STRING* string, const WCHAR* text);
NTSTATUS NTAPI RtlAnsiStringToUnicodeString(UNICODE_STRING* to, const ANSI_STRING* from,
                                            BOOLEAN allocate);
NTSTATUS NTAPI RtlUnicodeStringToAnsiString(ANSI_STRING* to, const UNICODE_STRING* from,
                                            BOOLEAN allocate);
ULONG NTAPI RtlxAnsiStringToUnicodeSize(const ANSI_STRING* string);
ULONG NTAPI RtlxUnicodeStringToAnsiSize(const UNICODE_STRING* string);
BOOLEAN NTAPI RtlCreateUnicodeString(UNICODE_STRING* string, const WCHAR* text);
BOOLEAN NTAPI RtlCreateUnicodeStringFromAsciiz(UNICODE_STRING* string, const char* text);
VOID NTAPI RtlFreeUnicodeString(UNICODE_STRING* string);
VOID NTAPI RtlFreeAnsiString(ANSI_STRING* string);
VOID NTAPI RtlCopyUnicodeString(UNICODE_STRING* to, const UNICODE_STRING* from);
NTSTATUS NTAPI RtlAppendUnicodeToString(UNICODE_STRING* to, const WCHAR* text);
NTSTATUS NTAPI RtlAppendUnicodeStringToString(UNICODE_STRING* to, const UNICODE_STRING* from);
NTSTATUS NTAPI RtlUpcaseUnicodeString(UNICODE_STRING* to, const UNICODE_STRING* from,
                                      BOOLEAN allocate);
NTSTATUS NTAPI RtlIntegerToUnicodeString(ULONG value, ULONG base, UNICODE_STRING* to);
NTSTATUS NTAPI RtlUnicodeStringToInteger(const UNICODE_STRING* from, ULONG base, ULONG* value);

#endif
