/* The headers of a mapped image, as far as ntdll's own loader needs them. The host refused the
 * image if they were damaged when it was mapped; the program may have changed them since. */
#include "system/ntdll/ldrp.h"

#define IMAGE_FILE_DLL 0x2000

/* Offsets from the "PE" signature. */
#define NT_CHARACTERISTICS 0x16
#define NT_ENTRY_POINT 0x28
#define NT_DIRECTORY_COUNT 0x74
#define NT_DIRECTORIES 0x78

static const UCHAR *nt_headers(PVOID base) {
  return (const UCHAR *)base + *(const ULONG *)((const UCHAR *)base + 0x3c);
}

ULONG LdrpEntryRva(PVOID base) { return *(const ULONG *)(nt_headers(base) + NT_ENTRY_POINT); }

BOOLEAN LdrpIsDll(PVOID base) {
  return (*(const USHORT *)(nt_headers(base) + NT_CHARACTERISTICS) & IMAGE_FILE_DLL) != 0;
}

PVOID LdrpDirectory(PVOID base, ULONG index, ULONG *bytes) {
  const UCHAR *headers = nt_headers(base);
  if (index >= *(const ULONG *)(headers + NT_DIRECTORY_COUNT)) return 0;
  const ULONG *entry = (const ULONG *)(headers + NT_DIRECTORIES) + 2 * index;
  if (entry[0] == 0) return 0;
  if (bytes) *bytes = entry[1];
  return (UCHAR *)base + entry[0];
}
