/* Code pages 1252 and 437 (Unicode's mapping tables CP1252.TXT and CP437.TXT; the five codes that
 * 1252 leaves free are C1 controls, as in Windows), and UTF-8. */
#include "system/ntdll/ntdll.h"
#include "system/ntdll/strings.h"

static const WCHAR ansi_80_to_9f[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

static const WCHAR oem_80_to_ff[128] = {
    0x00c7, 0x00fc, 0x00e9, 0x00e2, 0x00e4, 0x00e0, 0x00e5, 0x00e7, 0x00ea, 0x00eb, 0x00e8, 0x00ef,
    0x00ee, 0x00ec, 0x00c4, 0x00c5, 0x00c9, 0x00e6, 0x00c6, 0x00f4, 0x00f6, 0x00f2, 0x00fb, 0x00f9,
    0x00ff, 0x00d6, 0x00dc, 0x00a2, 0x00a3, 0x00a5, 0x20a7, 0x0192, 0x00e1, 0x00ed, 0x00f3, 0x00fa,
    0x00f1, 0x00d1, 0x00aa, 0x00ba, 0x00bf, 0x2310, 0x00ac, 0x00bd, 0x00bc, 0x00a1, 0x00ab, 0x00bb,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557,
    0x255d, 0x255c, 0x255b, 0x2510, 0x2514, 0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f,
    0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256c, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559,
    0x2558, 0x2552, 0x2553, 0x256b, 0x256a, 0x2518, 0x250c, 0x2588, 0x2584, 0x258c, 0x2590, 0x2580,
    0x03b1, 0x00df, 0x0393, 0x03c0, 0x03a3, 0x03c3, 0x00b5, 0x03c4, 0x03a6, 0x0398, 0x03a9, 0x03b4,
    0x221e, 0x03c6, 0x03b5, 0x2229, 0x2261, 0x00b1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00f7, 0x2248,
    0x00b0, 0x2219, 0x00b7, 0x221a, 0x207f, 0x00b2, 0x25a0, 0x00a0};

WCHAR NTAPI RtlpByteToUnicode(ULONG page, UCHAR byte) {
  if (byte < 0x80) return byte;
  if (page == RTLP_OEM) return oem_80_to_ff[byte - 0x80];
  return byte < 0xa0 ? ansi_80_to_9f[byte - 0x80] : byte;
}

ULONG NTAPI RtlpUnicodeToByte(ULONG page, WCHAR character) {
  if (character < 0x80) return character;
  if (page == RTLP_ANSI && character >= 0xa0 && character <= 0xff) return character;
  const WCHAR* table = page == RTLP_OEM ? oem_80_to_ff : ansi_80_to_9f;
  ULONG count = page == RTLP_OEM ? 128 : 32;
  for (ULONG i = 0; i < count; ++i) {
    if (table[i] == character) return 0x80 + i;
  }
  return RTLP_UNMAPPED;
}

static NTSTATUS to_unicode(ULONG page, WCHAR* to, ULONG room, ULONG* written, const char* from,
                           ULONG bytes) {
  ULONG count = bytes < room / sizeof(WCHAR) ? bytes : room / sizeof(WCHAR);
  for (ULONG i = 0; i < count; ++i) to[i] = RtlpByteToUnicode(page, (UCHAR)from[i]);
  if (written) *written = count * sizeof(WCHAR);
  return count < bytes ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

static NTSTATUS from_unicode(ULONG page, char* to, ULONG room, ULONG* written, const WCHAR* from,
                             ULONG bytes) {
  ULONG whole = bytes / sizeof(WCHAR), count = whole < room ? whole : room;
  for (ULONG i = 0; i < count; ++i) {
    ULONG byte = RtlpUnicodeToByte(page, from[i]);
    to[i] = byte == RTLP_UNMAPPED ? '?' : (char)byte;
  }
  if (written) *written = count;
  return count < whole ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlMultiByteToUnicodeN(WCHAR* to, ULONG room_bytes, ULONG* written_bytes,
                                      const char* from, ULONG bytes) {
  return to_unicode(RTLP_ANSI, to, room_bytes, written_bytes, from, bytes);
}
NTSTATUS NTAPI RtlOemToUnicodeN(WCHAR* to, ULONG room_bytes, ULONG* written_bytes, const char* from,
                                ULONG bytes) {
  return to_unicode(RTLP_OEM, to, room_bytes, written_bytes, from, bytes);
}
NTSTATUS NTAPI RtlUnicodeToMultiByteN(char* to, ULONG room, ULONG* written, const WCHAR* from,
                                      ULONG bytes) {
  return from_unicode(RTLP_ANSI, to, room, written, from, bytes);
}
NTSTATUS NTAPI RtlUnicodeToOemN(char* to, ULONG room, ULONG* written, const WCHAR* from,
                                ULONG bytes) {
  return from_unicode(RTLP_OEM, to, room, written, from, bytes);
}
NTSTATUS NTAPI RtlMultiByteToUnicodeSize(ULONG* needed_bytes, const char* from, ULONG bytes) {
  *needed_bytes = bytes * sizeof(WCHAR);
  return STATUS_SUCCESS;
}
NTSTATUS NTAPI RtlUnicodeToMultiByteSize(ULONG* needed, const WCHAR* from, ULONG bytes) {
  *needed = bytes / sizeof(WCHAR);
  return STATUS_SUCCESS;
}

/* Takes one code point out of UTF-8; 0xfffd for bytes that are none, of which it takes the longest
 * beginning of a sequence (Unicode 3.9, table 3-7: one replacement each). */
static ULONG take_utf8(const UCHAR** at, const UCHAR* end, BOOLEAN* good) {
  UCHAR first = *(*at)++;
  if (first < 0x80) return first;
  ULONG more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4) {
    *good = FALSE;
    return 0xfffd;
  }
  UCHAR low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  UCHAR high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  ULONG point = first & (0x3f >> more);
  for (; more > 0; --more) {
    if (*at == end || **at < low || **at > high) {
      *good = FALSE;
      return 0xfffd;
    }
    point = point << 6 | (*(*at)++ & 0x3f);
    low = 0x80;
    high = 0xbf;
  }
  return point;
}

NTSTATUS NTAPI RtlUTF8ToUnicodeN(WCHAR* to, ULONG room_bytes, ULONG* written_bytes,
                                 const char* from, ULONG bytes) {
  const UCHAR *at = (const UCHAR*)from, *end = at + bytes;
  ULONG count = 0, room = to ? room_bytes / sizeof(WCHAR) : ~0u;
  BOOLEAN good = TRUE;
  NTSTATUS status = STATUS_SUCCESS;
  while (at < end) {
    ULONG point = take_utf8(&at, end, &good), units = point >= 0x10000 ? 2 : 1;
    if (count + units > room) {
      status = STATUS_BUFFER_TOO_SMALL;
      break;
    }
    if (to && units == 1) to[count] = (WCHAR)point;
    if (to && units == 2) {
      to[count] = (WCHAR)(0xd7c0 + (point >> 10));
      to[count + 1] = (WCHAR)(0xdc00 + (point & 0x3ff));
    }
    count += units;
  }
  *written_bytes = count * sizeof(WCHAR);
  if (!NT_SUCCESS(status)) return status;
  return good ? STATUS_SUCCESS : STATUS_SOME_NOT_MAPPED;
}

/* A surrogate without its other half becomes U+FFFD. */
static ULONG take_utf16(const WCHAR** at, const WCHAR* end, BOOLEAN* good) {
  WCHAR first = *(*at)++;
  if ((first & 0xf800) != 0xd800) return first;
  if ((first & 0xfc00) == 0xd800 && *at < end && (**at & 0xfc00) == 0xdc00) {
    return 0x10000 + ((first & 0x3ffu) << 10) + (*(*at)++ & 0x3ffu);
  }
  *good = FALSE;
  return 0xfffd;
}

static ULONG utf8_bytes(ULONG point) {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

NTSTATUS NTAPI RtlUnicodeToUTF8N(char* to, ULONG room, ULONG* written, const WCHAR* from,
                                 ULONG bytes) {
  const WCHAR *at = from, *end = from + bytes / sizeof(WCHAR);
  ULONG count = 0;
  BOOLEAN good = TRUE;
  NTSTATUS status = STATUS_SUCCESS;
  while (at < end) {
    ULONG point = take_utf16(&at, end, &good), units = utf8_bytes(point);
    if (to && count + units > room) {
      status = STATUS_BUFFER_TOO_SMALL;
      break;
    }
    static const UCHAR lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (ULONG i = units; to && i > 0; --i) {
      ULONG byte = units == 1 ? point : i == 1 ? lead[units] | point : 0x80 | (point & 0x3f);
      to[count + i - 1] = (char)byte;
      point >>= 6;
    }
    count += units;
  }
  *written = count;
  if (!NT_SUCCESS(status)) return status;
  return good ? STATUS_SUCCESS : STATUS_SOME_NOT_MAPPED;
}
