/* What a program asks about its process and its threads, and calls that it sends to them. */
#include "system/kernel32/base.h"

#define ThreadBasePriority 3
#define ThreadPriorityBoost 14
#define THREAD_PRIORITY_TIME_CRITICAL 15
#define THREAD_PRIORITY_IDLE (-15)
#define THREAD_PRIORITY_ERROR_RETURN 0x7fffffff
#define SATURATED 16
#define STILL_ACTIVE 259
#define STARTF_USESTDHANDLES 0x100

static BOOL query(HANDLE thread, THREAD_BASIC_INFORMATION* information) {
  return succeeded(NtQueryInformationThread(thread, ThreadBasicInformation, information,
                                            sizeof *information, 0));
}

/* The one process that there is has not ended. */
BOOL WINAPI GetExitCodeProcess(HANDLE process, DWORD* code) {
  if (process != CURRENT_PROCESS) return succeeded(STATUS_INVALID_HANDLE);
  *code = STILL_ACTIVE;
  return TRUE;
}

DWORD WINAPI GetProcessId(HANDLE process) {
  return process == CURRENT_PROCESS ? GetCurrentProcessId()
                                    : (DWORD)succeeded(STATUS_INVALID_HANDLE);
}

DWORD WINAPI GetThreadId(HANDLE thread) {
  THREAD_BASIC_INFORMATION information;
  return query(thread, &information) ? (DWORD)information.ClientId.UniqueThread : 0;
}

DWORD WINAPI GetProcessIdOfThread(HANDLE thread) {
  THREAD_BASIC_INFORMATION information;
  return query(thread, &information) ? (DWORD)information.ClientId.UniqueProcess : 0;
}

int WINAPI GetThreadPriority(HANDLE thread) {
  THREAD_BASIC_INFORMATION information;
  if (!query(thread, &information)) return THREAD_PRIORITY_ERROR_RETURN;
  if (information.BasePriority == SATURATED) return THREAD_PRIORITY_TIME_CRITICAL;
  if (information.BasePriority == -SATURATED) return THREAD_PRIORITY_IDLE;
  return information.BasePriority;
}

BOOL WINAPI SetThreadPriority(HANDLE thread, int priority) {
  LONG base = priority;
  if (priority == THREAD_PRIORITY_TIME_CRITICAL) base = SATURATED;
  if (priority == THREAD_PRIORITY_IDLE) base = -SATURATED;
  return succeeded(NtSetInformationThread(thread, ThreadBasePriority, &base, sizeof base));
}

BOOL WINAPI SetThreadPriorityBoost(HANDLE thread, BOOL disable) {
  return succeeded(NtSetInformationThread(thread, ThreadPriorityBoost, &disable, sizeof disable));
}

/* kernel32 passes its own routine, which calls the program's with its one argument. */
typedef VOID(WINAPI* APC_ROUTINE)(ULONG_PTR);
static VOID NTAPI call_user_apc(PVOID routine, PVOID argument, PVOID unused) {
  ((APC_ROUTINE)routine)((ULONG_PTR)argument);
}

DWORD WINAPI QueueUserAPC(APC_ROUTINE routine, HANDLE thread, ULONG_PTR argument) {
  return (DWORD)succeeded(
      NtQueueApcThread(thread, call_user_apc, (PVOID)routine, (PVOID)argument, 0));
}

HANDLE WINAPI CreateRemoteThread(HANDLE process, PVOID attributes, SIZE_T stack_bytes,
                                 THREAD_START_ROUTINE start, PVOID parameter, DWORD flags,
                                 DWORD* thread_id) {
  if (process != CURRENT_PROCESS) {
    SetLastError(ERROR_INVALID_HANDLE);
    return 0;
  }
  return CreateThread(attributes, stack_bytes, start, parameter, flags, thread_id);
}

typedef struct STARTUPINFO {
  DWORD Size;
  PVOID Reserved, Desktop, Title;
  DWORD X, Y, XSize, YSize, XCountChars, YCountChars, FillAttribute, Flags;
  WORD ShowWindow, Reserved2Bytes;
  BYTE* Reserved2;
  HANDLE StandardInput, StandardOutput, StandardError;
} STARTUPINFO;
_Static_assert(sizeof(STARTUPINFO) == 68, "STARTUPINFO of the SDK");

static void fill_startup_info(STARTUPINFO* information) {
  const RTL_USER_PROCESS_PARAMETERS* parameters = current_peb()->ProcessParameters;
  *information = (STARTUPINFO){.Size = sizeof *information,
                               .Flags = STARTF_USESTDHANDLES,
                               .StandardInput = parameters->StandardInput,
                               .StandardOutput = parameters->StandardOutput,
                               .StandardError = parameters->StandardError};
}

VOID WINAPI GetStartupInfoW(STARTUPINFO* information) {
  static WCHAR desktop[] = {'W', 'i', 'n', 'S', 't', 'a', '0', '\\',
                            'D', 'e', 'f', 'a', 'u', 'l', 't', 0};
  fill_startup_info(information);
  information->Desktop = desktop;
  information->Title = current_peb()->ProcessParameters->ImagePathName.Buffer;
}

VOID WINAPI GetStartupInfoA(STARTUPINFO* information) {
  static char desktop[] = "WinSta0\\Default", title[MAX_PATH];
  fill_startup_info(information);
  if (!title[0]) GetModuleFileNameA(0, title, sizeof title);
  information->Desktop = desktop;
  information->Title = title;
}
