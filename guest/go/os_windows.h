/* What the runtime needs of Windows' headers: kernel32's functions and the exception's record. */
#ifndef GO_OS_WINDOWS_H
#define GO_OS_WINDOWS_H

#include "go/runtime.h"

#define WINAPI __attribute__((stdcall)) __declspec(dllimport)

WINAPI void ExitProcess(uint32 code);
WINAPI void* GetStdHandle(uint32 which);
WINAPI int32 WriteFile(void* file, const void* data, uint32 n, uint32* written, void* overlapped);
WINAPI char* GetCommandLineA(void);
WINAPI void* VirtualAlloc(void* address, uintptr size, uint32 type, uint32 protection);
WINAPI int32 VirtualFree(void* address, uintptr size, uint32 type);
WINAPI void* CreateThread(void* attributes, uintptr stack, void* start, void* parameter,
                          uint32 flags, uint32* id);
WINAPI void* CreateEventA(void* attributes, int32 manual, int32 initial, const char* name);
WINAPI int32 SetEvent(void* event);
WINAPI uint32 WaitForSingleObject(void* handle, uint32 milliseconds);
WINAPI void* LoadLibraryA(const char* name);
WINAPI int32 FreeLibrary(void* library);
WINAPI void* GetProcAddress(void* library, const char* name);
WINAPI int32 SwitchToThread(void);
WINAPI int32 CloseHandle(void* handle);

enum {
  STD_OUTPUT_HANDLE = -11,
  STD_ERROR_HANDLE = -12,
  MEM_COMMIT = 0x1000,
  MEM_RESERVE = 0x2000,
  MEM_RELEASE = 0x8000,
  PAGE_READWRITE = 4,
  STACK_SIZE_PARAM_IS_A_RESERVATION = 0x10000,
};
#define INFINITE 0xffffffffu

#define EXCEPTION_ACCESS_VIOLATION 0xc0000005u
#define EXCEPTION_BREAKPOINT 0x80000003u
#define EXCEPTION_FLT_DENORMAL_OPERAND 0xc000008du
#define EXCEPTION_FLT_DIVIDE_BY_ZERO 0xc000008eu
#define EXCEPTION_FLT_INEXACT_RESULT 0xc000008fu
#define EXCEPTION_FLT_OVERFLOW 0xc0000091u
#define EXCEPTION_FLT_UNDERFLOW 0xc0000093u
#define EXCEPTION_INT_DIVIDE_BY_ZERO 0xc0000094u
#define EXCEPTION_INT_OVERFLOW 0xc0000095u

typedef struct ExceptionRecord ExceptionRecord;
struct ExceptionRecord {
  uint32 ExceptionCode;
  uint32 ExceptionFlags;
  ExceptionRecord* ExceptionRecord_;
  void* ExceptionAddress;
  uint32 NumberParameters;
  uint32 ExceptionInformation[15];
};

typedef struct Context Context;
struct Context {
  uint32 ContextFlags;
  uint32 Dr[6];
  uint8 FloatSave[112];
  uint32 SegGs, SegFs, SegEs, SegDs;
  uint32 Edi, Esi, Ebx, Edx, Ecx, Eax, Ebp;
  uint32 Eip, SegCs, EFlags, Esp, SegSs;
  uint8 ExtendedRegisters[512];
};
_Static_assert(sizeof(Context) == 0x2cc, "CONTEXT");
_Static_assert(__builtin_offsetof(Context, Eip) == 0xb8, "CONTEXT.Eip");

#endif
