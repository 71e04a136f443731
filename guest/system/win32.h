/* kernel32's and user32's functions, as programs call them: through an import library. */
#ifndef SYSTEM_WIN32_H
#define SYSTEM_WIN32_H

#include "system/nt.h"

#ifdef __cplusplus
extern "C" {
#endif

/* process, threads */
NORETURN VOID WINAPI ExitProcess(UINT code);
BOOL WINAPI TerminateProcess(HANDLE process, UINT code);
HANDLE WINAPI GetCurrentProcess(void);
DWORD WINAPI GetCurrentProcessId(void);
HANDLE WINAPI CreateThread(PVOID attributes, SIZE_T stack_bytes, THREAD_START_ROUTINE start,
                           PVOID parameter, DWORD flags, DWORD* thread_id);
NORETURN VOID WINAPI ExitThread(DWORD code);
BOOL WINAPI TerminateThread(HANDLE thread, DWORD code);
HANDLE WINAPI GetCurrentThread(void);
DWORD WINAPI GetCurrentThreadId(void);
DWORD WINAPI SuspendThread(HANDLE thread);
DWORD WINAPI ResumeThread(HANDLE thread);
BOOL WINAPI GetExitCodeThread(HANDLE thread, DWORD* code);
BOOL WINAPI SwitchToThread(void);
VOID WINAPI Sleep(DWORD milliseconds);
DWORD WINAPI SleepEx(DWORD milliseconds, BOOL alertable);
#define CREATE_SUSPENDED 0x4
#define STACK_SIZE_PARAM_IS_A_RESERVATION 0x10000
#define INFINITE 0xffffffffu

/* waits */
#define WAIT_OBJECT_0 0u
#define WAIT_TIMEOUT 258u
#define WAIT_FAILED 0xffffffffu
DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD milliseconds);
DWORD WINAPI WaitForSingleObjectEx(HANDLE handle, DWORD milliseconds, BOOL alertable);
DWORD WINAPI WaitForMultipleObjects(DWORD count, const HANDLE* handles, BOOL all,
                                    DWORD milliseconds);
DWORD WINAPI WaitForMultipleObjectsEx(DWORD count, const HANDLE* handles, BOOL all,
                                      DWORD milliseconds, BOOL alertable);
HANDLE WINAPI CreateEventA(PVOID attributes, BOOL manual_reset, BOOL signalled, const char* name);
HANDLE WINAPI CreateEventW(PVOID attributes, BOOL manual_reset, BOOL signalled, const WCHAR* name);
BOOL WINAPI SetEvent(HANDLE event);
BOOL WINAPI ResetEvent(HANDLE event);
HANDLE WINAPI CreateSemaphoreA(PVOID attributes, LONG count, LONG limit, const char* name);
HANDLE WINAPI CreateSemaphoreW(PVOID attributes, LONG count, LONG limit, const WCHAR* name);
BOOL WINAPI ReleaseSemaphore(HANDLE semaphore, LONG count, LONG* previous);
HANDLE WINAPI CreateMutexA(PVOID attributes, BOOL owned, const char* name);
HANDLE WINAPI CreateMutexW(PVOID attributes, BOOL owned, const WCHAR* name);
BOOL WINAPI ReleaseMutex(HANDLE mutex);
BOOL WINAPI CloseHandle(HANDLE handle);
BOOL WINAPI DuplicateHandle(HANDLE from_process, HANDLE handle, HANDLE to_process,
                            HANDLE* duplicate, DWORD access, BOOL inherit, DWORD options);
#define DUPLICATE_SAME_ACCESS 2

/* critical sections */
VOID WINAPI InitializeCriticalSection(RTL_CRITICAL_SECTION* section);
BOOL WINAPI InitializeCriticalSectionAndSpinCount(RTL_CRITICAL_SECTION* section, DWORD spin);
VOID WINAPI EnterCriticalSection(RTL_CRITICAL_SECTION* section);
BOOL WINAPI TryEnterCriticalSection(RTL_CRITICAL_SECTION* section);
VOID WINAPI LeaveCriticalSection(RTL_CRITICAL_SECTION* section);
VOID WINAPI DeleteCriticalSection(RTL_CRITICAL_SECTION* section);

/* memory */
PVOID WINAPI VirtualAlloc(PVOID address, SIZE_T bytes, DWORD type, DWORD protect);
BOOL WINAPI VirtualFree(PVOID address, SIZE_T bytes, DWORD type);
BOOL WINAPI VirtualProtect(PVOID address, SIZE_T bytes, DWORD protect, DWORD* old_protect);
SIZE_T WINAPI VirtualQuery(const void* address, MEMORY_BASIC_INFORMATION* information,
                           SIZE_T bytes);
BOOL WINAPI FlushInstructionCache(HANDLE process, const void* base, SIZE_T bytes);
HANDLE WINAPI GetProcessHeap(void);
HANDLE WINAPI HeapCreate(DWORD options, SIZE_T initial, SIZE_T maximum);
BOOL WINAPI HeapDestroy(HANDLE heap);
PVOID WINAPI HeapAlloc(HANDLE heap, DWORD flags, SIZE_T bytes);
BOOL WINAPI HeapFree(HANDLE heap, DWORD flags, PVOID block);
PVOID WINAPI HeapReAlloc(HANDLE heap, DWORD flags, PVOID block, SIZE_T bytes);
SIZE_T WINAPI HeapSize(HANDLE heap, DWORD flags, const void* block);
PVOID WINAPI LocalAlloc(UINT flags, SIZE_T bytes);
PVOID WINAPI LocalFree(PVOID block);
PVOID WINAPI GlobalAlloc(UINT flags, SIZE_T bytes);
PVOID WINAPI GlobalFree(PVOID block);

/* thread-local storage */
#define TLS_OUT_OF_INDEXES 0xffffffffu
DWORD WINAPI TlsAlloc(void);
BOOL WINAPI TlsFree(DWORD index);
PVOID WINAPI TlsGetValue(DWORD index);
BOOL WINAPI TlsSetValue(DWORD index, PVOID value);

/* modules */
HMODULE WINAPI LoadLibraryA(const char* name);
HMODULE WINAPI LoadLibraryW(const WCHAR* name);
HMODULE WINAPI LoadLibraryExA(const char* name, HANDLE file, DWORD flags);
HMODULE WINAPI LoadLibraryExW(const WCHAR* name, HANDLE file, DWORD flags);
BOOL WINAPI FreeLibrary(HMODULE module);
HMODULE WINAPI GetModuleHandleA(const char* name);
HMODULE WINAPI GetModuleHandleW(const WCHAR* name);
DWORD WINAPI GetModuleFileNameA(HMODULE module, char* path, DWORD room);
DWORD WINAPI GetModuleFileNameW(HMODULE module, WCHAR* path, DWORD room);
PVOID WINAPI GetProcAddress(HMODULE module, const char* name);
BOOL WINAPI DisableThreadLibraryCalls(HMODULE module);

/* exceptions */
VOID WINAPI RaiseException(DWORD code, DWORD flags, DWORD count, const ULONG_PTR* arguments);
TOP_LEVEL_FILTER WINAPI SetUnhandledExceptionFilter(TOP_LEVEL_FILTER filter);
LONG WINAPI UnhandledExceptionFilter(EXCEPTION_POINTERS* pointers);
PVOID WINAPI AddVectoredExceptionHandler(ULONG first, VECTORED_HANDLER handler);
PVOID WINAPI AddVectoredContinueHandler(ULONG first, VECTORED_HANDLER handler);
ULONG WINAPI RemoveVectoredExceptionHandler(PVOID handle);
ULONG WINAPI RemoveVectoredContinueHandler(PVOID handle);
BOOL WINAPI GetThreadContext(HANDLE thread, PVOID context);
BOOL WINAPI SetThreadContext(HANDLE thread, const void* context);
VOID WINAPI RtlUnwind(PVOID frame, PVOID ip, EXCEPTION_RECORD* record, PVOID value);
UINT WINAPI SetErrorMode(UINT mode);
UINT WINAPI GetErrorMode(void);
BOOL WINAPI IsDebuggerPresent(void);
VOID WINAPI OutputDebugStringA(const char* text);
#define SEM_NOGPFAULTERRORBOX 0x2

/* console and files */
#define STD_INPUT_HANDLE ((DWORD)-10)
#define STD_OUTPUT_HANDLE ((DWORD)-11)
#define STD_ERROR_HANDLE ((DWORD)-12)
HANDLE WINAPI GetStdHandle(DWORD which);
BOOL WINAPI WriteFile(HANDLE file, const void* buffer, DWORD bytes, DWORD* written,
                      PVOID overlapped);
BOOL WINAPI ReadFile(HANDLE file, PVOID buffer, DWORD bytes, DWORD* read, PVOID overlapped);
BOOL WINAPI WriteConsoleA(HANDLE console, const void* buffer, DWORD count, DWORD* written,
                          PVOID reserved);
char* WINAPI GetCommandLineA(void);
WCHAR* WINAPI GetCommandLineW(void);

/* errors, time, the rest */
DWORD WINAPI GetLastError(void);
VOID WINAPI SetLastError(DWORD error);
DWORD WINAPI GetTickCount(void);
BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER* counter);
BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER* frequency);
VOID WINAPI GetSystemTimeAsFileTime(LARGE_INTEGER* time);
DWORD WINAPI GetVersion(void);
int WINAPI lstrlenA(const char* text);
LONG WINAPI InterlockedIncrement(volatile LONG* value);
LONG WINAPI InterlockedDecrement(volatile LONG* value);
LONG WINAPI InterlockedExchange(volatile LONG* value, LONG to);
LONG WINAPI InterlockedExchangeAdd(volatile LONG* value, LONG delta);
LONG WINAPI InterlockedCompareExchange(volatile LONG* value, LONG to, LONG expected);

/* user32 */
typedef BOOL(WINAPI* WINDOW_CALLBACK)(HANDLE window, LONG parameter);
BOOL WINAPI EnumWindows(WINDOW_CALLBACK callback, LONG parameter);
BOOL WINAPI EnumThreadWindows(DWORD thread, WINDOW_CALLBACK callback, LONG parameter);
BOOL WINAPI EnumChildWindows(HANDLE parent, WINDOW_CALLBACK callback, LONG parameter);

#ifdef __cplusplus
}
#endif

#endif
