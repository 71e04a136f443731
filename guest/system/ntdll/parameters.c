/* PEB.ProcessParameters, from what the host knows of the command line. */
#include "lab/gates.h"
#include "system/ntdll/ldrp.h"
#include "system/ntdll/strings.h"

static RTL_BITMAP tls_bitmap, tls_expansion_bitmap;
static RTL_CRITICAL_SECTION peb_lock;

static PVOID allocate(ULONG bytes) {
  return RtlAllocateHeap(current_peb()->ProcessHeap, HEAP_ZERO_MEMORY, bytes);
}

/* A string of `length` bytes of UTF-8, with a zero after it, in UTF-16 on the process's heap. */
static UNICODE_STRING widen(const char* text, ULONG length) {
  UNICODE_STRING wide = {0, 0, 0};
  if (length > 0x7ffe) length = 0x7ffe; /* what a UNICODE_STRING can hold */
  wide.Buffer = allocate((length + 1) * sizeof(WCHAR));
  if (!wide.Buffer) return wide;
  ULONG bytes = 0;
  RtlUTF8ToUnicodeN(wide.Buffer, length * sizeof(WCHAR), &bytes, text, length);
  wide.Length = (USHORT)bytes;
  wide.MaximumLength = (USHORT)(wide.Length + sizeof(WCHAR));
  return wide;
}

static UNICODE_STRING command_line(void) {
  ULONG needed = 0;
  LdrpQueryCommandLine(0, 0, &needed);
  char* text = allocate(needed);
  UNICODE_STRING line = {0, 0, 0};
  if (text && NT_SUCCESS(LdrpQueryCommandLine(text, needed, &needed))) {
    line = widen(text, needed - 1);
  }
  RtlFreeHeap(current_peb()->ProcessHeap, 0, text);
  return line;
}

static UNICODE_STRING program_path(void) {
  char path[sizeof "C:\\lab\\" + 255]; /* a host's file has a name of at most 255 bytes */
  ULONG needed = 1;
  PVOID base = current_peb()->ImageBaseAddress;
  if (!NT_SUCCESS(LdrpQueryModulePath(base, path, sizeof path, &needed))) needed = 1;
  return widen(path, needed - 1);
}

VOID LdrpMakeProcessParameters(void) {
  static const char directory[] = "C:\\lab\\";
  /* In the order that SetEnvironmentVariable keeps. */
  static const char environment[] =
      "ALLUSERSPROFILE=C:\\ProgramData\0"
      "ComSpec=C:\\Windows\\system32\\cmd.exe\0"
      "NUMBER_OF_PROCESSORS=2\0"
      "OS=Windows_NT\0"
      "Path=C:\\Windows\\system32;C:\\Windows;C:\\lab\0"
      "PATHEXT=.COM;.EXE;.BAT;.CMD\0"
      "PROCESSOR_ARCHITECTURE=x86\0"
      "SystemDrive=C:\0"
      "SystemRoot=C:\\Windows\0"
      "TEMP=C:\\lab\0"
      "TMP=C:\\lab\0"
      "USERNAME=lab\0"
      "USERPROFILE=C:\\lab\0"
      "windir=C:\\Windows\0";
  PEB* peb = current_peb();
  RtlInitializeCriticalSection(&peb_lock);
  peb->FastPebLock = &peb_lock;
  tls_bitmap = (RTL_BITMAP){64, peb->TlsBitmapBits};
  peb->TlsBitmap = &tls_bitmap;
  tls_expansion_bitmap = (RTL_BITMAP){1024, peb->TlsExpansionBitmapBits};
  peb->TlsExpansionBitmap = &tls_expansion_bitmap;

  RTL_USER_PROCESS_PARAMETERS* parameters = allocate(sizeof *parameters);
  if (!parameters) NtTerminateProcess(CURRENT_PROCESS, STATUS_NO_MEMORY);
  parameters->MaximumLength = parameters->Length = sizeof *parameters;
  parameters->Flags = 1; /* the pointers in it are addresses, not offsets */
  parameters->StandardInput = (HANDLE)LAB_STANDARD_INPUT;
  parameters->StandardOutput = (HANDLE)LAB_STANDARD_OUTPUT;
  parameters->StandardError = (HANDLE)LAB_STANDARD_ERROR;
  parameters->CurrentDirectoryPath = widen(directory, sizeof directory - 1);
  parameters->ImagePathName = program_path();
  parameters->CommandLine = command_line();
  parameters->Environment = widen(environment, sizeof environment - 1).Buffer;
  peb->ProcessParameters = parameters;
}
