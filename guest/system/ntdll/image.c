/* The headers of a mapped image, as far as ntdll's own loader needs them. The host refused the
 * image if they were damaged when it was mapped; the program may have changed them since. */
#include "system/ntdll/ldrp.h"

#define IMAGE_FILE_DLL 0x2000

/* Offsets from the "PE" signature. */
#define NT_CHARACTERISTICS 0x16
#define NT_ENTRY_POINT 0x28
#define NT_DIRECTORY_COUNT 0x74
#define NT_DIRECTORIES 0x78

/* Null for a module without headers: a DLL of Windows that the lab only knows by name. */
static const UCHAR* nt_headers(PVOID base) {
  const UCHAR* image = base;
  if (*(const USHORT*)image != 0x5a4d) return 0; /* "MZ" */
  const UCHAR* headers = image + *(const ULONG*)(image + 0x3c);
  return *(const ULONG*)headers == 0x4550 ? headers : 0; /* "PE" */
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
