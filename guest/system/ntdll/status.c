/* Statuses of the kernel's functions as last-error values (public SDK values of both). */
#include "system/ntdll/ntdll.h"

#define ERROR_MR_MID_NOT_FOUND 317

typedef struct STATUS_ERROR {
  ULONG Status, Error;
} STATUS_ERROR;

static const STATUS_ERROR table[] = {
    {0x00000000, 0},          /* SUCCESS                 ERROR_SUCCESS */
    {0x00000080, 735},        /* ABANDONED_WAIT_0        ERROR_ABANDONED_WAIT_0 */
    {0x00000102, 1460},       /* TIMEOUT                 ERROR_TIMEOUT */
    {0x00000103, 997},        /* PENDING                 ERROR_IO_PENDING */
    {0x80000001, 0x80000001}, /* GUARD_PAGE_VIOLATION, as it is */
    {0x80000002, 998},        /* DATATYPE_MISALIGNMENT   ERROR_NOACCESS */
    {0x80000005, 234},        /* BUFFER_OVERFLOW         ERROR_MORE_DATA */
    {0x8000001a, 259},        /* NO_MORE_ENTRIES         ERROR_NO_MORE_ITEMS */
    {0xc0000001, 31},         /* UNSUCCESSFUL            ERROR_GEN_FAILURE */
    {0xc0000002, 1},          /* NOT_IMPLEMENTED         ERROR_INVALID_FUNCTION */
    {0xc0000003, 87},         /* INVALID_INFO_CLASS      ERROR_INVALID_PARAMETER */
    {0xc0000004, 24},         /* INFO_LENGTH_MISMATCH    ERROR_BAD_LENGTH */
    {0xc0000005, 998},        /* ACCESS_VIOLATION        ERROR_NOACCESS */
    {0xc0000008, 6},          /* INVALID_HANDLE          ERROR_INVALID_HANDLE */
    {0xc000000d, 87},         /* INVALID_PARAMETER       ERROR_INVALID_PARAMETER */
    {0xc0000011, 38},         /* END_OF_FILE             ERROR_HANDLE_EOF */
    {0xc0000017, 8},          /* NO_MEMORY               ERROR_NOT_ENOUGH_MEMORY */
    {0xc0000018, 487},        /* CONFLICTING_ADDRESSES   ERROR_INVALID_ADDRESS */
    {0xc0000019, 487},        /* NOT_MAPPED_VIEW         ERROR_INVALID_ADDRESS */
    {0xc000001a, 87},         /* UNABLE_TO_FREE_VM       ERROR_INVALID_PARAMETER */
    {0xc000001b, 87},         /* UNABLE_TO_DELETE_SECTION ERROR_INVALID_PARAMETER */
    {0xc0000021, 5},          /* ALREADY_COMMITTED       ERROR_ACCESS_DENIED */
    {0xc0000022, 5},          /* ACCESS_DENIED           ERROR_ACCESS_DENIED */
    {0xc0000023, 122},        /* BUFFER_TOO_SMALL        ERROR_INSUFFICIENT_BUFFER */
    {0xc0000024, 6},          /* OBJECT_TYPE_MISMATCH    ERROR_INVALID_HANDLE */
    {0xc000002d, 487},        /* NOT_COMMITTED           ERROR_INVALID_ADDRESS */
    {0xc0000030, 87},         /* INVALID_PARAMETER_MIX   ERROR_INVALID_PARAMETER */
    {0xc0000034, 2},          /* OBJECT_NAME_NOT_FOUND   ERROR_FILE_NOT_FOUND */
    {0xc0000045, 87},         /* INVALID_PAGE_PROTECTION ERROR_INVALID_PARAMETER */
    {0xc0000046, 288},        /* MUTANT_NOT_OWNED        ERROR_NOT_OWNER */
    {0xc0000047, 298},        /* SEMAPHORE_LIMIT_EXCEEDED ERROR_TOO_MANY_POSTS */
    {0xc000004a, 156},        /* SUSPEND_COUNT_EXCEEDED  ERROR_SIGNAL_REFUSED */
    {0xc000004b, 5},          /* THREAD_IS_TERMINATING   ERROR_ACCESS_DENIED */
    {0xc000007a, 127},        /* PROCEDURE_NOT_FOUND     ERROR_PROC_NOT_FOUND */
    {0xc000007b, 193},        /* INVALID_IMAGE_FORMAT    ERROR_BAD_EXE_FORMAT */
    {0xc000009a, 1450},       /* INSUFFICIENT_RESOURCES  ERROR_NO_SYSTEM_RESOURCES */
    {0xc000009f, 487},        /* FREE_VM_NOT_AT_BASE     ERROR_INVALID_ADDRESS */
    {0xc00000a0, 487},        /* MEMORY_NOT_ALLOCATED    ERROR_INVALID_ADDRESS */
    {0xc00000bb, 50},         /* NOT_SUPPORTED           ERROR_NOT_SUPPORTED */
    {0xc00000ef, 87},         /* INVALID_PARAMETER_1     ERROR_INVALID_PARAMETER */
    {0xc00000f0, 87},         /* INVALID_PARAMETER_2 */
    {0xc00000f1, 87},         /* INVALID_PARAMETER_3 */
    {0xc00000f2, 87},         /* INVALID_PARAMETER_4 */
    {0xc00000f3, 87},         /* INVALID_PARAMETER_5 */
    {0xc00000f4, 87},         /* INVALID_PARAMETER_6 */
    {0xc0000106, 206},        /* NAME_TOO_LONG           ERROR_FILENAME_EXCED_RANGE */
    {0xc000012d, 1455},       /* COMMITMENT_LIMIT        ERROR_COMMITMENT_LIMIT */
    {0xc0000135, 126},        /* DLL_NOT_FOUND           ERROR_MOD_NOT_FOUND */
    {0xc0000138, 182},        /* ORDINAL_NOT_FOUND       ERROR_INVALID_ORDINAL */
    {0xc0000139, 127},        /* ENTRYPOINT_NOT_FOUND    ERROR_PROC_NOT_FOUND */
    {0xc0000142, 1114},       /* DLL_INIT_FAILED         ERROR_DLL_INIT_FAILED */
    {0xc0000059, 1306},       /* REVISION_MISMATCH       ERROR_REVISION_MISMATCH */
    {0xc0000089, 1812},       /* RESOURCE_DATA_NOT_FOUND ERROR_RESOURCE_DATA_NOT_FOUND */
    {0xc000008a, 1813},       /* RESOURCE_TYPE_NOT_FOUND ERROR_RESOURCE_TYPE_NOT_FOUND */
    {0xc000008b, 1814},       /* RESOURCE_NAME_NOT_FOUND ERROR_RESOURCE_NAME_NOT_FOUND */
    {0xc0000204, 1815},       /* RESOURCE_LANG_NOT_FOUND ERROR_RESOURCE_LANG_NOT_FOUND */
    {0xc0000235, 6},          /* HANDLE_NOT_CLOSABLE     ERROR_INVALID_HANDLE */
    {0xc0000010, 1},          /* INVALID_DEVICE_REQUEST  ERROR_INVALID_FUNCTION */
    {0xc00000b1, 232},        /* PIPE_CLOSING            ERROR_NO_DATA */
    {0xc000014b, 109},        /* PIPE_BROKEN             ERROR_BROKEN_PIPE */
    {0xc000001f, 5},          /* INVALID_VIEW_SIZE       ERROR_ACCESS_DENIED */
    {0xc0000040, 8},          /* SECTION_TOO_BIG         ERROR_NOT_ENOUGH_MEMORY */
    {0xc000004e, 87},         /* SECTION_PROTECTION      ERROR_INVALID_PARAMETER */
    {0xc000011e, 1006},       /* MAPPED_FILE_SIZE_ZERO   ERROR_FILE_INVALID */
    {0xc0000220, 1132},       /* MAPPED_ALIGNMENT        ERROR_MAPPED_ALIGNMENT */
    {0xc0000264, 288},        /* RESOURCE_NOT_OWNED      ERROR_NOT_OWNER */
    {0x80000006, 18},         /* NO_MORE_FILES ERROR_NO_MORE_FILES */
    {0xc000000f, 2},          /* NO_SUCH_FILE ERROR_FILE_NOT_FOUND */
    {0xc0000033, 123},        /* OBJECT_NAME_INVALID ERROR_INVALID_NAME */
    {0xc0000035, 183},        /* OBJECT_NAME_COLLISION ERROR_ALREADY_EXISTS */
    {0xc000003a, 3},          /* OBJECT_PATH_NOT_FOUND ERROR_PATH_NOT_FOUND */
    {0xc0000043, 32},         /* SHARING_VIOLATION ERROR_SHARING_VIOLATION */
    {0xc0000056, 5},          /* DELETE_PENDING ERROR_ACCESS_DENIED */
    {0xc000007f, 112},        /* DISK_FULL ERROR_DISK_FULL */
    {0xc00000ba, 5},          /* FILE_IS_A_DIRECTORY ERROR_ACCESS_DENIED */
    {0xc0000101, 145},        /* DIRECTORY_NOT_EMPTY ERROR_DIR_NOT_EMPTY */
    {0xc0000103, 267},        /* NOT_A_DIRECTORY ERROR_DIRECTORY */
    {0xc0000121, 5},          /* CANNOT_DELETE ERROR_ACCESS_DENIED */
};

/* A status that is not in the table gives ERROR_MR_MID_NOT_FOUND, as in Windows. */
ULONG NTAPI RtlNtStatusToDosErrorNoTeb(NTSTATUS status) {
  for (ULONG i = 0; i < sizeof table / sizeof table[0]; ++i) {
    if (table[i].Status == (ULONG)status) return table[i].Error;
  }
  return ERROR_MR_MID_NOT_FOUND;
}

/* The thread remembers the status, for RtlGetLastNtStatus. */
ULONG NTAPI RtlNtStatusToDosError(NTSTATUS status) {
  teb_write(TEB_LAST_STATUS, (ULONG)status);
  return RtlNtStatusToDosErrorNoTeb(status);
}

NTSTATUS NTAPI RtlGetLastNtStatus(void) {
  return (NTSTATUS)teb_read(TEB_LAST_STATUS);
}

ULONG NTAPI RtlSetLastWin32ErrorAndNtStatusFromNtStatus(NTSTATUS status) {
  ULONG error = RtlNtStatusToDosError(status);
  RtlSetLastWin32Error(error);
  return error;
}

ULONG NTAPI RtlGetLastWin32Error(void) {
  return teb_read(TEB_LAST_ERROR);
}

VOID NTAPI RtlSetLastWin32Error(ULONG error) {
  teb_write(TEB_LAST_ERROR, error);
}
