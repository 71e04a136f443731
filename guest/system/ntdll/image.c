/* The headers of a mapped image, as far as ntdll's own loader needs them. The host refused the
 * image if they were damaged when it was mapped; the program may have changed them since. */
#include "system/ntdll/ldrp.h"

#define IMAGE_FILE_DLL 0x2000

/* Offsets from the "PE" signature. */
#define NT_SECTIONS 0x06
#define NT_OPTIONAL_BYTES 0x14
#define NT_CHARACTERISTICS 0x16
#define NT_OPTIONAL 0x18
#define NT_ENTRY_POINT 0x28
#define NT_IMAGE_SIZE 0x50
#define NT_HEADER_BYTES 0x54
#define NT_DIRECTORY_COUNT 0x74
#define NT_DIRECTORIES 0x78

/* Null for a module without headers: a DLL of Windows that the lab only knows by name. */
static const UCHAR* nt_headers(PVOID base) {
  const UCHAR* image = base;
  if (*(const USHORT*)image != 0x5a4d) return 0; /* "MZ" */
  const UCHAR* headers = image + *(const ULONG*)(image + 0x3c);
  return *(const ULONG*)headers == 0x4550 ? headers : 0; /* "PE" */
}

/* As programs call it: NULL and what has no headers give NULL. */
PVOID NTAPI RtlImageNtHeader(PVOID base) {
  return base ? (PVOID)nt_headers(base) : 0;
}

/* Where something lies in a file that is in memory as it is on disk; NULL: in no section of it. */
static PVOID in_flat_file(UCHAR* base, const UCHAR* headers, ULONG rva) {
  const UCHAR* section = headers + NT_OPTIONAL + *(const USHORT*)(headers + NT_OPTIONAL_BYTES);
  if (rva < *(const ULONG*)(headers + NT_HEADER_BYTES)) return base + rva;
  for (ULONG left = *(const USHORT*)(headers + NT_SECTIONS); left; --left, section += 40) {
    const ULONG* entry = (const ULONG*)section; /* from 12 on: RVA, bytes and place in the file */
    if (rva - entry[3] < entry[4]) return base + entry[5] + (rva - entry[3]);
  }
  return 0;
}

/* The address of a data directory, and its size, in an image, or in a file that lies flat in
 * memory. */
PVOID NTAPI RtlImageDirectoryEntryToData(PVOID base, BOOLEAN as_image, USHORT index, ULONG* size) {
  /* A handle of LoadLibraryEx for data alone has its lowest bits set. */
  const UCHAR* headers = ((ULONG_PTR)base & 3) == 0 && base ? nt_headers(base) : 0;
  if (!headers || index >= *(const ULONG*)(headers + NT_DIRECTORY_COUNT)) return 0;
  const ULONG* entry = (const ULONG*)(headers + NT_DIRECTORIES) + 2 * index;
  if (entry[0] == 0) return 0;
  *size = entry[1];
  return as_image ? (UCHAR*)base + entry[0] : in_flat_file(base, headers, entry[0]);
}

/* The module that holds an address; `*base` NULL as well where there is none. */
PVOID NTAPI RtlPcToFileHeader(PVOID address, PVOID* base) {
  PVOID module = 0;
  *base = 0;
  for (ULONG i = 0; NT_SUCCESS(LdrpQueryModule(i, &module)); ++i) {
    const UCHAR* headers = nt_headers(module);
    if (headers &&
        (ULONG_PTR)address - (ULONG_PTR)module < *(const ULONG*)(headers + NT_IMAGE_SIZE)) {
      *base = module;
    }
  }
  return *base;
}

ULONG LdrpEntryRva(PVOID base) {
  const UCHAR* headers = nt_headers(base);
  return headers ? *(const ULONG*)(headers + NT_ENTRY_POINT) : 0;
}

BOOLEAN LdrpIsDll(PVOID base) {
  const UCHAR* headers = nt_headers(base);
  return headers && (*(const USHORT*)(headers + NT_CHARACTERISTICS) & IMAGE_FILE_DLL) != 0;
}

PVOID LdrpDirectory(PVOID base, ULONG index) {
  const UCHAR* headers = nt_headers(base);
  if (!headers || index >= *(const ULONG*)(headers + NT_DIRECTORY_COUNT)) return 0;
  const ULONG* entry = (const ULONG*)(headers + NT_DIRECTORIES) + 2 * index;
  if (entry[0] == 0) return 0;
  return (UCHAR*)base + entry[0];
}
