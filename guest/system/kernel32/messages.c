/* Texts of messages. The lab's system has no table of its own errors' texts. */
#include "system/kernel32/base.h"

/* ntdll has none: the import names itself when it is called. */
__declspec(dllimport) NTSTATUS NTAPI
    RtlFormatMessage(const WCHAR* text, ULONG width, BOOLEAN ignore_inserts, BOOLEAN ansi,
                     BOOLEAN is_array, PVOID arguments, WCHAR* buffer, ULONG bytes, ULONG* needed);

#define FORMAT_MESSAGE_FROM_STRING 0x400
#define FORMAT_MESSAGE_FROM_HMODULE 0x800
#define FORMAT_MESSAGE_FROM_SYSTEM 0x1000
#define ERROR_MR_MID_NOT_FOUND 317
#define ERROR_RESOURCE_TYPE_NOT_FOUND 1813

/* Which error says that there is no such text; the caller's own is not formatted either. */
static DWORD find_no_text(DWORD flags) {
  DWORD sources = flags & (FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_FROM_HMODULE |
                           FORMAT_MESSAGE_FROM_SYSTEM);
  if (sources & FORMAT_MESSAGE_FROM_STRING) RtlFormatMessage(0, 0, 0, 0, 0, 0, 0, 0, 0);
  SetLastError(!sources                                 ? ERROR_INVALID_PARAMETER
               : sources == FORMAT_MESSAGE_FROM_HMODULE ? ERROR_RESOURCE_TYPE_NOT_FOUND
                                                        : ERROR_MR_MID_NOT_FOUND);
  return 0;
}

DWORD WINAPI FormatMessageA(DWORD flags, const void* source, DWORD message, DWORD language,
                            char* buffer, DWORD room, PVOID arguments) {
  return find_no_text(flags);
}

DWORD WINAPI FormatMessageW(DWORD flags, const void* source, DWORD message, DWORD language,
                            WCHAR* buffer, DWORD room, PVOID arguments) {
  return find_no_text(flags);
}
