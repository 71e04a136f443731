/* Characters of code pages and UTF-16, as Microsoft documents MultiByteToWideChar and
 * WideCharToMultiByte. Code pages: 1252 (the ANSI one), 437 (the OEM one), UTF-8. */
#include "system/kernel32/strings.h"

#define MB_ERR_INVALID_CHARS 0x8
#define WC_ERR_INVALID_CHARS 0x80
#define MB_FLAGS 0xf
#define WC_FLAGS 0x670

ULONG BasepLength(const WCHAR* text) {
  ULONG length = 0;
  while (text[length]) ++length;
  return length;
}

WCHAR* BasepWiden(const char* text) {
  ULONG bytes = (ULONG)__builtin_strlen(text) + 1;
  WCHAR* wide = RtlAllocateHeap(GetProcessHeap(), 0, bytes * sizeof(WCHAR));
  if (!wide) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return 0;
  }
  RtlMultiByteToUnicodeN(wide, bytes * sizeof(WCHAR), 0, text, bytes);
  return wide;
}

VOID BasepFree(PVOID block) {
  RtlFreeHeap(GetProcessHeap(), 0, block);
}

DWORD BasepGiveWide(const WCHAR* text, DWORD length, WCHAR* to, DWORD room) {
  if (room <= length) return length + 1;
  RtlMoveMemory(to, text, length * sizeof(WCHAR));
  to[length] = 0;
  return length;
}

DWORD BasepGiveAnsi(const WCHAR* text, DWORD length, char* to, DWORD room) {
  if (room <= length) return length + 1;
  RtlUnicodeToMultiByteN(to, length, 0, text, length * sizeof(WCHAR));
  to[length] = 0;
  return length;
}

/* RTLP_ANSI, RTLP_OEM, CP_UTF8, or 0 for one that there is not. */
static ULONG known_page(UINT page) {
  switch (page) {
    case CP_ACP:
    case CP_THREAD_ACP:
    case RTLP_ANSI:
      return RTLP_ANSI;
    case CP_OEMCP:
    case RTLP_OEM:
      return RTLP_OEM;
    case CP_UTF8:
      return CP_UTF8;
  }
  return 0;
}

UINT WINAPI GetACP(void) {
  return RTLP_ANSI;
}
UINT WINAPI GetOEMCP(void) {
  return RTLP_OEM;
}
BOOL WINAPI IsValidCodePage(UINT page) {
  return page >= 4 && known_page(page) != 0;
}
BOOL WINAPI IsDBCSLeadByteEx(UINT page, BYTE byte) {
  return FALSE;
}
BOOL WINAPI IsDBCSLeadByte(BYTE byte) {
  return FALSE;
}

typedef struct CPINFO {
  UINT MaxCharSize;
  BYTE DefaultChar[2], LeadByte[12];
} CPINFO;

BOOL WINAPI GetCPInfo(UINT page, CPINFO* information) {
  if (!known_page(page)) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  *information = (CPINFO){known_page(page) == CP_UTF8 ? 4 : 1, {'?', 0}, {0}};
  return TRUE;
}

static int bytes_to_wide(ULONG page, const char* from, int bytes, WCHAR* to, int room) {
  if (room == 0) return bytes;
  NTSTATUS status =
      page == RTLP_OEM
          ? RtlOemToUnicodeN(to, (ULONG)room * sizeof(WCHAR), 0, from, (ULONG)bytes)
          : RtlMultiByteToUnicodeN(to, (ULONG)room * sizeof(WCHAR), 0, from, (ULONG)bytes);
  return NT_SUCCESS(status) ? bytes : fail(ERROR_INSUFFICIENT_BUFFER);
}

int WINAPI MultiByteToWideChar(UINT code_page, DWORD flags, const char* from, int bytes, WCHAR* to,
                               int room) {
  ULONG page = known_page(code_page), written = 0;
  if (!page || !from || bytes == 0 || room < 0 || (room && !to) || (const char*)to == from) {
    return fail(ERROR_INVALID_PARAMETER);
  }
  if (flags & ~(page == CP_UTF8 ? MB_ERR_INVALID_CHARS : MB_FLAGS))
    return fail(ERROR_INVALID_FLAGS);
  if (bytes < 0) bytes = (int)__builtin_strlen(from) + 1;
  if (page != CP_UTF8) return bytes_to_wide(page, from, bytes, to, room);
  NTSTATUS status =
      RtlUTF8ToUnicodeN(room ? to : 0, (ULONG)room * sizeof(WCHAR), &written, from, (ULONG)bytes);
  if (!NT_SUCCESS(status)) return fail(ERROR_INSUFFICIENT_BUFFER);
  if (status == STATUS_SOME_NOT_MAPPED && (flags & MB_ERR_INVALID_CHARS)) {
    return fail(ERROR_NO_UNICODE_TRANSLATION);
  }
  return (int)(written / sizeof(WCHAR));
}

static int wide_to_bytes(ULONG page, const WCHAR* from, int count, char* to, int room,
                         char replacement, BOOL* replaced) {
  for (int i = 0; i < count; ++i) {
    ULONG byte = RtlpUnicodeToByte(page, from[i]);
    if (byte == RTLP_UNMAPPED) {
      if (replaced) *replaced = TRUE;
      byte = (UCHAR)replacement;
    }
    if (room == 0) continue;
    if (i == room) return fail(ERROR_INSUFFICIENT_BUFFER);
    to[i] = (char)byte;
  }
  return count;
}

int WINAPI WideCharToMultiByte(UINT code_page, DWORD flags, const WCHAR* from, int count, char* to,
                               int room, const char* replacement, BOOL* replaced) {
  ULONG page = known_page(code_page), written = 0;
  if (!page || !from || count == 0 || room < 0 || (room && !to) || to == (const char*)from) {
    return fail(ERROR_INVALID_PARAMETER);
  }
  if (flags & ~(page == CP_UTF8 ? WC_ERR_INVALID_CHARS : WC_FLAGS))
    return fail(ERROR_INVALID_FLAGS);
  if (page == CP_UTF8 && (replacement || replaced)) return fail(ERROR_INVALID_PARAMETER);
  if (count < 0) count = (int)BasepLength(from) + 1;
  if (replaced) *replaced = FALSE;
  if (page != CP_UTF8) {
    return wide_to_bytes(page, from, count, to, room, replacement ? *replacement : '?', replaced);
  }
  NTSTATUS status =
      RtlUnicodeToUTF8N(room ? to : 0, (ULONG)room, &written, from, (ULONG)count * sizeof(WCHAR));
  if (!NT_SUCCESS(status)) return fail(ERROR_INSUFFICIENT_BUFFER);
  if (status == STATUS_SOME_NOT_MAPPED && (flags & WC_ERR_INVALID_CHARS)) {
    return fail(ERROR_NO_UNICODE_TRANSLATION);
  }
  return (int)written;
}
