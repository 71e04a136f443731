/* What a process and its threads have used of the processors, and which of them they may use. */
#include "system/kernel32/base.h"

#define ThreadTimes 1
#define ThreadAffinityMask 4
#define ThreadCycleTime 23
#define ProcessTimes 4
#define NORMAL_PRIORITY_CLASS 0x20
#define PRIORITY_CLASSES 0xc1e0u /* idle, normal, high, realtime, below and above normal */

typedef struct KERNEL_USER_TIMES {
  LARGE_INTEGER Created, Exited, Kernel, User;
} KERNEL_USER_TIMES;

static BOOL give_times(const KERNEL_USER_TIMES* times, LARGE_INTEGER* created,
                       LARGE_INTEGER* exited, LARGE_INTEGER* kernel, LARGE_INTEGER* user) {
  *created = times->Created;
  *exited = times->Exited;
  *kernel = times->Kernel;
  *user = times->User;
  return TRUE;
}

BOOL WINAPI GetThreadTimes(HANDLE thread, LARGE_INTEGER* created, LARGE_INTEGER* exited,
                           LARGE_INTEGER* kernel, LARGE_INTEGER* user) {
  KERNEL_USER_TIMES times;
  return succeeded(NtQueryInformationThread(thread, ThreadTimes, &times, sizeof times, 0)) &&
         give_times(&times, created, exited, kernel, user);
}

BOOL WINAPI GetProcessTimes(HANDLE process, LARGE_INTEGER* created, LARGE_INTEGER* exited,
                            LARGE_INTEGER* kernel, LARGE_INTEGER* user) {
  KERNEL_USER_TIMES times;
  return succeeded(NtQueryInformationProcess(process, ProcessTimes, &times, sizeof times, 0)) &&
         give_times(&times, created, exited, kernel, user);
}

/* Two processors, of which one at a time works for the one process that there is. The kernel's
 * time has the idle time in it. */
BOOL WINAPI GetSystemTimes(LARGE_INTEGER* idle, LARGE_INTEGER* kernel, LARGE_INTEGER* user) {
  KERNEL_USER_TIMES times;
  LARGE_INTEGER now;
  NtQueryPerformanceCounter(&now, 0);
  if (!succeeded(NtQueryInformationProcess(CURRENT_PROCESS, ProcessTimes, &times, sizeof times, 0)))
    return FALSE;
  LARGE_INTEGER rest = now * (LARGE_INTEGER)current_peb()->NumberOfProcessors - times.User;
  if (idle) *idle = rest;
  if (kernel) *kernel = rest;
  if (user) *user = times.User;
  return TRUE;
}

/* A cycle an instruction. */
BOOL WINAPI QueryThreadCycleTime(HANDLE thread, uint64_t* cycles) {
  uint64_t both[2];
  if (!succeeded(NtQueryInformationThread(thread, ThreadCycleTime, both, sizeof both, 0)))
    return FALSE;
  *cycles = both[0];
  return TRUE;
}

/* The mask before; masks are kept, and the schedule knows one processor. */
ULONG_PTR WINAPI SetThreadAffinityMask(HANDLE thread, ULONG_PTR mask) {
  THREAD_BASIC_INFORMATION before;
  if (!succeeded(
          NtQueryInformationThread(thread, ThreadBasicInformation, &before, sizeof before, 0)) ||
      !succeeded(NtSetInformationThread(thread, ThreadAffinityMask, &mask, sizeof mask)))
    return 0;
  return before.AffinityMask;
}

DWORD WINAPI GetCurrentProcessorNumber(void) {
  return 0;
}

static DWORD priority_class = NORMAL_PRIORITY_CLASS;

DWORD WINAPI GetPriorityClass(HANDLE process) {
  return process == CURRENT_PROCESS ? priority_class : (DWORD)fail(ERROR_INVALID_HANDLE);
}

/* It is kept: there is no other process to be before or behind. */
BOOL WINAPI SetPriorityClass(HANDLE process, DWORD to) {
  if (process != CURRENT_PROCESS) return fail(ERROR_INVALID_HANDLE);
  if (!to || (to & (to - 1)) || (to & ~PRIORITY_CLASSES)) return fail(ERROR_INVALID_PARAMETER);
  priority_class = to;
  return TRUE;
}

/* There is no window to show the message in. */
NORETURN VOID WINAPI FatalAppExitA(UINT action, const char* message) {
  char what[200] = "the message box of FatalAppExit: ";
  ULONG at = (ULONG)__builtin_strlen(what);
  for (; message && *message && at < sizeof what - 1; ++message) what[at++] = *message;
  what[at] = 0;
  LabUnmodelled(what);
}

NORETURN VOID WINAPI FatalExit(int code) {
  RtlExitUserProcess(code);
}
