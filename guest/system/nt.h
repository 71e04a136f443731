/* The types, constants and structures of Windows that our system DLLs and cases use, under
 * Windows' own names (public SDK values). Offsets are those of facts 1.1 and of
 * host/win32, which asserts each. */
#ifndef SYSTEM_NT_H
#define SYSTEM_NT_H

#include <stddef.h>
#include <stdint.h>

typedef void VOID;
typedef uint8_t UCHAR, BYTE, BOOLEAN;
typedef uint16_t USHORT, WORD, WCHAR;
typedef int32_t LONG, BOOL, INT, NTSTATUS;
typedef uint32_t ULONG, DWORD, UINT, SIZE_T, ULONG_PTR, ACCESS_MASK;
typedef int64_t LARGE_INTEGER;
typedef uint64_t ULONGLONG;
typedef void *PVOID, *HANDLE, *HMODULE, *LPVOID;

#define NTAPI __stdcall
#define WINAPI __stdcall
#define NORETURN __attribute__((noreturn))
#define TRUE 1
#define FALSE 0
#define MAX_PATH 260

#define CURRENT_PROCESS ((HANDLE)-1)
#define CURRENT_THREAD ((HANDLE)-2)

#define STATUS_SUCCESS ((NTSTATUS)0)
#define STATUS_TIMEOUT ((NTSTATUS)0x00000102)
#define STATUS_NO_MORE_ENTRIES ((NTSTATUS)0x8000001a)
#define STATUS_UNSUCCESSFUL ((NTSTATUS)0xc0000001)
#define STATUS_INVALID_HANDLE ((NTSTATUS)0xc0000008)
#define STATUS_INVALID_PARAMETER ((NTSTATUS)0xc000000d)
#define STATUS_END_OF_FILE ((NTSTATUS)0xc0000011)
#define STATUS_NO_MEMORY ((NTSTATUS)0xc0000017)
#define STATUS_BUFFER_TOO_SMALL ((NTSTATUS)0xc0000023)
#define STATUS_NAME_TOO_LONG ((NTSTATUS)0xc0000106)
#define STATUS_RESOURCE_NOT_OWNED ((NTSTATUS)0xc0000264)
#define STATUS_DLL_NOT_FOUND ((NTSTATUS)0xc0000135)
#define STATUS_DLL_INIT_FAILED ((NTSTATUS)0xc0000142)

#define NT_SUCCESS(status) ((status) >= 0)

#define DLL_PROCESS_DETACH 0
#define DLL_PROCESS_ATTACH 1
#define DLL_THREAD_ATTACH 2
#define DLL_THREAD_DETACH 3

#define EXCEPTION_EXECUTE_HANDLER 1
#define EXCEPTION_CONTINUE_SEARCH 0
#define EXCEPTION_CONTINUE_EXECUTION (-1)
#define EXCEPTION_NONCONTINUABLE 1
#define EXCEPTION_MAXIMUM_PARAMETERS 15

typedef struct EXCEPTION_RECORD {
  DWORD ExceptionCode, ExceptionFlags;
  struct EXCEPTION_RECORD* ExceptionRecord;
  PVOID ExceptionAddress;
  DWORD NumberParameters;
  ULONG_PTR ExceptionInformation[EXCEPTION_MAXIMUM_PARAMETERS];
} EXCEPTION_RECORD;

typedef struct EXCEPTION_POINTERS {
  EXCEPTION_RECORD* ExceptionRecord;
  PVOID ContextRecord;
} EXCEPTION_POINTERS;

/* clang's own names for what __try gives its filter. */
#define GetExceptionInformation() ((EXCEPTION_POINTERS*)__exception_info())
#define GetExceptionCode() ((DWORD)__exception_code())
#define AbnormalTermination() (__abnormal_termination())

typedef LONG(WINAPI* TOP_LEVEL_FILTER)(EXCEPTION_POINTERS*);
typedef LONG(NTAPI* VECTORED_HANDLER)(EXCEPTION_POINTERS*);
typedef DWORD(WINAPI* THREAD_START_ROUTINE)(PVOID);
typedef VOID(NTAPI* INIT_ROUTINE)(PVOID module, DWORD reason, PVOID reserved);

typedef struct UNICODE_STRING {
  USHORT Length, MaximumLength;
  WCHAR* Buffer;
} UNICODE_STRING;

typedef struct ANSI_STRING {
  USHORT Length, MaximumLength;
  char* Buffer;
} ANSI_STRING;

typedef struct CLIENT_ID {
  HANDLE UniqueProcess, UniqueThread;
} CLIENT_ID;

typedef struct IO_STATUS_BLOCK {
  NTSTATUS Status;
  ULONG_PTR Information;
} IO_STATUS_BLOCK;

typedef struct RTL_CRITICAL_SECTION {
  PVOID DebugInfo;
  volatile LONG LockCount; /* -1: free; else the number of threads inside or waiting, less one */
  LONG RecursionCount;
  HANDLE OwningThread;
  HANDLE LockSemaphore; /* an event, made when first waited for */
  ULONG_PTR SpinCount;
} RTL_CRITICAL_SECTION;

typedef struct RTL_BITMAP {
  ULONG SizeOfBitMap;
  ULONG* Buffer;
} RTL_BITMAP;

typedef struct RTL_USER_PROCESS_PARAMETERS {
  ULONG MaximumLength, Length, Flags, DebugFlags;
  HANDLE ConsoleHandle;
  ULONG ConsoleFlags;
  HANDLE StandardInput, StandardOutput, StandardError;
  UNICODE_STRING CurrentDirectoryPath;
  HANDLE CurrentDirectoryHandle;
  UNICODE_STRING DllPath, ImagePathName, CommandLine;
  WCHAR* Environment;
} RTL_USER_PROCESS_PARAMETERS;

typedef struct PEB {
  BOOLEAN InheritedAddressSpace, ReadImageFileExecOptions, BeingDebugged, BitField;
  HANDLE Mutant;
  PVOID ImageBaseAddress;
  PVOID Ldr;
  RTL_USER_PROCESS_PARAMETERS* ProcessParameters;
  PVOID SubSystemData;
  PVOID ProcessHeap;
  RTL_CRITICAL_SECTION* FastPebLock;
  ULONG Reserved20[8];
  RTL_BITMAP* TlsBitmap;
  ULONG TlsBitmapBits[2];
  ULONG Reserved4C[6];
  ULONG NumberOfProcessors;
  ULONG Reserved68[14];
  RTL_CRITICAL_SECTION* LoaderLock;
  ULONG OSMajorVersion, OSMinorVersion;
  USHORT OSBuildNumber, OSCSDVersion;
  ULONG OSPlatformId;
  ULONG ReservedB4[39];
  RTL_BITMAP* TlsExpansionBitmap;
  ULONG TlsExpansionBitmapBits[32];
} PEB;
_Static_assert(offsetof(PEB, ImageBaseAddress) == 0x08, "PEB");
_Static_assert(offsetof(PEB, ProcessHeap) == 0x18, "PEB");
_Static_assert(offsetof(PEB, TlsBitmap) == 0x40, "PEB");
_Static_assert(offsetof(PEB, NumberOfProcessors) == 0x64, "PEB");
_Static_assert(offsetof(PEB, LoaderLock) == 0xa0, "PEB");
_Static_assert(offsetof(PEB, OSPlatformId) == 0xb0, "PEB");
_Static_assert(offsetof(PEB, TlsExpansionBitmapBits) == 0x154, "PEB");

typedef struct MEMORY_BASIC_INFORMATION {
  PVOID BaseAddress, AllocationBase;
  DWORD AllocationProtect;
  SIZE_T RegionSize;
  DWORD State, Protect, Type;
} MEMORY_BASIC_INFORMATION;

#define MEM_COMMIT 0x1000
#define MEM_RESERVE 0x2000
#define MEM_DECOMMIT 0x4000
#define MEM_RELEASE 0x8000
#define PAGE_NOACCESS 0x01
#define PAGE_READONLY 0x02
#define PAGE_READWRITE 0x04
#define PAGE_WRITECOPY 0x08
#define PAGE_EXECUTE_READ 0x20
#define PAGE_EXECUTE_READWRITE 0x40
#define PAGE_GUARD 0x100

#define HEAP_NO_SERIALIZE 0x1
#define HEAP_GENERATE_EXCEPTIONS 0x4
#define HEAP_ZERO_MEMORY 0x8
#define HEAP_REALLOC_IN_PLACE_ONLY 0x10
#define HEAP_CREATE_ENABLE_EXECUTE 0x40000

/* Offsets in the TEB (facts 1.1). */
#define TEB_STACK_BASE 0x04
#define TEB_STACK_LIMIT 0x08
#define TEB_SELF 0x18
#define TEB_CLIENT_PROCESS 0x20
#define TEB_CLIENT_THREAD 0x24
#define TEB_TLS_POINTER 0x2c
#define TEB_PEB 0x30
#define TEB_LAST_ERROR 0x34
#define TEB_TLS_SLOTS 0xe10
#define TEB_HARD_ERROR_MODE 0xf28
#define TEB_LAST_STATUS 0xbf4
#define TEB_TLS_EXPANSION_SLOTS 0xf94
#define TEB_FLS_DATA 0xfb4

/* Words of the TEB. The offset may be computed; memory is ordered against both. */
static inline ULONG teb_read(ULONG offset) {
  ULONG value;
  __asm__ volatile("movl %%fs:(%1), %0" : "=r"(value) : "r"(offset) : "memory");
  return value;
}
static inline void teb_write(ULONG offset, ULONG value) {
  __asm__ volatile("movl %0, %%fs:(%1)" : : "r"(value), "r"(offset) : "memory");
}
static inline PEB* current_peb(void) {
  return (PEB*)teb_read(TEB_PEB);
}
static inline ULONG current_thread_id(void) {
  return teb_read(TEB_CLIENT_THREAD);
}

#endif
