/* The resource directory of an image (Microsoft's PE format, ".rsrc section"): three levels of
 * directories: type, name, language. Names and numbers that programs give are addresses and values
 * below 64 KiB. */
#ifndef SYSTEM_NTDLL_RESOURCES_H
#define SYSTEM_NTDLL_RESOURCES_H

#include "system/nt.h"

#define STATUS_RESOURCE_DATA_NOT_FOUND ((NTSTATUS)0xc0000089)
#define STATUS_RESOURCE_TYPE_NOT_FOUND ((NTSTATUS)0xc000008a)
#define STATUS_RESOURCE_NAME_NOT_FOUND ((NTSTATUS)0xc000008b)
#define STATUS_RESOURCE_LANG_NOT_FOUND ((NTSTATUS)0xc0000204)

typedef struct IMAGE_RESOURCE_DIRECTORY_ENTRY {
  ULONG Name;   /* the high bit: an offset of a counted string; else a number */
  ULONG Offset; /* the high bit: of a directory; else of a data entry */
} IMAGE_RESOURCE_DIRECTORY_ENTRY;

typedef struct IMAGE_RESOURCE_DIRECTORY {
  ULONG Characteristics, TimeDateStamp;
  USHORT MajorVersion, MinorVersion, NumberOfNamedEntries, NumberOfIdEntries;
  IMAGE_RESOURCE_DIRECTORY_ENTRY Entries[];
} IMAGE_RESOURCE_DIRECTORY;

typedef struct IMAGE_RESOURCE_DATA_ENTRY {
  ULONG OffsetToData; /* an RVA */
  ULONG Size, CodePage, Reserved;
} IMAGE_RESOURCE_DATA_ENTRY;

typedef struct LDR_RESOURCE_INFO {
  ULONG_PTR Type, Name, Language;
} LDR_RESOURCE_INFO;

NTSTATUS NTAPI LdrFindResource_U(PVOID base, const LDR_RESOURCE_INFO* wanted, ULONG levels,
                                 IMAGE_RESOURCE_DATA_ENTRY** entry);
NTSTATUS NTAPI LdrFindResourceDirectory_U(PVOID base, const LDR_RESOURCE_INFO* wanted, ULONG levels,
                                          IMAGE_RESOURCE_DIRECTORY** directory);
NTSTATUS NTAPI LdrAccessResource(PVOID base, IMAGE_RESOURCE_DATA_ENTRY* entry, PVOID* data,
                                 ULONG* bytes);

#endif
