/* Resources by type, name and language. A directory that points out of its image is as if it had
 * not the entry: nothing outside the image's resources is read. */
#include "system/ntdll/resources.h"

#include "system/ntdll/ntdll.h"
#include "system/ntdll/strings.h"

#define DIRECTORY_RESOURCE 2
#define HIGH_BIT 0x80000000u
#define LANG_ENGLISH_US 0x409

typedef struct RESOURCES {
  UCHAR* Start;
  ULONG Bytes;
} RESOURCES;

static BOOLEAN inside(const RESOURCES* all, ULONG offset, ULONG bytes) {
  return offset <= all->Bytes && bytes <= all->Bytes - offset;
}

static IMAGE_RESOURCE_DIRECTORY* directory_at(const RESOURCES* all, ULONG offset) {
  IMAGE_RESOURCE_DIRECTORY* directory = (IMAGE_RESOURCE_DIRECTORY*)(all->Start + offset);
  if (!inside(all, offset, sizeof *directory)) return 0;
  ULONG count = directory->NumberOfNamedEntries + (ULONG)directory->NumberOfIdEntries;
  ULONG bytes = count * (ULONG)sizeof(IMAGE_RESOURCE_DIRECTORY_ENTRY);
  return inside(all, offset + (ULONG)sizeof *directory, bytes) ? directory : 0;
}

/* Capital letters, as resource compilers store names; programs may give any. */
static BOOLEAN same_name(const RESOURCES* all, ULONG offset, const WCHAR* wanted) {
  if (!inside(all, offset, 2)) return FALSE;
  const USHORT* counted = (const USHORT*)(all->Start + offset);
  ULONG length = counted[0];
  if (!inside(all, offset + 2, length * 2)) return FALSE;
  for (ULONG i = 0; i < length; ++i) {
    if (!wanted[i] || RtlUpcaseUnicodeChar(wanted[i]) != RtlUpcaseUnicodeChar(counted[1 + i])) {
      return FALSE;
    }
  }
  return wanted[length] == 0;
}

static IMAGE_RESOURCE_DIRECTORY_ENTRY* find_in(const RESOURCES* all,
                                               IMAGE_RESOURCE_DIRECTORY* directory,
                                               ULONG_PTR wanted) {
  ULONG named = directory->NumberOfNamedEntries;
  ULONG count = named + directory->NumberOfIdEntries;
  for (ULONG i = 0; i < count; ++i) {
    IMAGE_RESOURCE_DIRECTORY_ENTRY* entry = &directory->Entries[i];
    BOOLEAN is_name = (entry->Name & HIGH_BIT) != 0;
    if (wanted < 0x10000
            ? !is_name && entry->Name == wanted
            : is_name && same_name(all, entry->Name & ~HIGH_BIT, (const WCHAR*)wanted)) {
      return entry;
    }
  }
  return 0;
}

/* For the neutral language: the neutral one, the user's (there is one: English, United States), or
 * whichever comes first (Microsoft's documentation of FindResourceEx). */
static IMAGE_RESOURCE_DIRECTORY_ENTRY* find_language(const RESOURCES* all,
                                                     IMAGE_RESOURCE_DIRECTORY* directory,
                                                     ULONG_PTR language) {
  IMAGE_RESOURCE_DIRECTORY_ENTRY* entry = find_in(all, directory, language);
  if (entry || language) return entry;
  entry = find_in(all, directory, LANG_ENGLISH_US);
  if (entry) return entry;
  return directory->NumberOfNamedEntries + directory->NumberOfIdEntries ? directory->Entries : 0;
}

static NTSTATUS missing(ULONG level) {
  if (level == 0) return STATUS_RESOURCE_TYPE_NOT_FOUND;
  return level == 1 ? STATUS_RESOURCE_NAME_NOT_FOUND : STATUS_RESOURCE_LANG_NOT_FOUND;
}

/* Goes down `levels` levels from the root: to a directory, or to a data entry. */
static NTSTATUS descend(PVOID base, const LDR_RESOURCE_INFO* wanted, ULONG levels,
                        IMAGE_RESOURCE_DIRECTORY** directory, IMAGE_RESOURCE_DATA_ENTRY** data) {
  RESOURCES all;
  all.Start = RtlImageDirectoryEntryToData(base, TRUE, DIRECTORY_RESOURCE, &all.Bytes);
  if (!all.Start) return STATUS_RESOURCE_DATA_NOT_FOUND;
  const ULONG_PTR ids[] = {wanted->Type, wanted->Name, wanted->Language};
  *data = 0;
  *directory = directory_at(&all, 0);
  for (ULONG level = 0; level < levels; ++level) {
    if (!*directory) return missing(level);
    IMAGE_RESOURCE_DIRECTORY_ENTRY* entry = level == 2 ? find_language(&all, *directory, ids[2])
                                                       : find_in(&all, *directory, ids[level]);
    if (!entry) return missing(level);
    ULONG offset = entry->Offset & ~HIGH_BIT;
    if (entry->Offset & HIGH_BIT) {
      *directory = directory_at(&all, offset);
    } else {
      *directory = 0;
      if (!inside(&all, offset, sizeof **data)) return missing(level);
      *data = (IMAGE_RESOURCE_DATA_ENTRY*)(all.Start + offset);
    }
  }
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI LdrFindResource_U(PVOID base, const LDR_RESOURCE_INFO* wanted, ULONG levels,
                                 IMAGE_RESOURCE_DATA_ENTRY** entry) {
  IMAGE_RESOURCE_DIRECTORY* directory;
  if (levels > 3) return STATUS_INVALID_PARAMETER;
  NTSTATUS status = descend(base, wanted, levels, &directory, entry);
  if (NT_SUCCESS(status) && !*entry) return STATUS_RESOURCE_DATA_NOT_FOUND;
  return status;
}

NTSTATUS NTAPI LdrFindResourceDirectory_U(PVOID base, const LDR_RESOURCE_INFO* wanted, ULONG levels,
                                          IMAGE_RESOURCE_DIRECTORY** directory) {
  IMAGE_RESOURCE_DATA_ENTRY* entry;
  if (levels > 2) return STATUS_INVALID_PARAMETER;
  NTSTATUS status = descend(base, wanted, levels, directory, &entry);
  if (NT_SUCCESS(status) && !*directory) return STATUS_RESOURCE_DATA_NOT_FOUND;
  return status;
}

NTSTATUS NTAPI LdrAccessResource(PVOID base, IMAGE_RESOURCE_DATA_ENTRY* entry, PVOID* data,
                                 ULONG* bytes) {
  if (!entry) return STATUS_RESOURCE_DATA_NOT_FOUND;
  if (data) *data = (UCHAR*)base + entry->OffsetToData;
  if (bytes) *bytes = entry->Size;
  return STATUS_SUCCESS;
}
