/* What a program asks about its machine, its process and its handles: as Microsoft documents each
 * function; error values also from Wine 8.0. */
#include "cases/say.h"
#include "system/win32_strings.h"

#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87
#define ERROR_BUFFER_OVERFLOW 111
#define ERROR_INSUFFICIENT_BUFFER 122

BOOL WINAPI GetThreadTimes(HANDLE thread, uint64_t* created, uint64_t* exited, uint64_t* kernel,
                           uint64_t* user);
BOOL WINAPI GetProcessTimes(HANDLE process, uint64_t* created, uint64_t* exited, uint64_t* kernel,
                            uint64_t* user);
BOOL WINAPI GetSystemTimes(uint64_t* idle, uint64_t* kernel, uint64_t* user);
BOOL WINAPI QueryThreadCycleTime(HANDLE thread, uint64_t* cycles);
ULONG_PTR WINAPI SetThreadAffinityMask(HANDLE thread, ULONG_PTR mask);
DWORD WINAPI GetCurrentProcessorNumber(void);
DWORD WINAPI GetPriorityClass(HANDLE process);
BOOL WINAPI SetPriorityClass(HANDLE process, DWORD to);
BOOL WINAPI IsWow64Process(HANDLE process, BOOL* wow64);
BOOL WINAPI GlobalMemoryStatusEx(PVOID status);
VOID WINAPI GlobalMemoryStatus(PVOID status);
DWORD WINAPI GetLogicalDrives(void);
UINT WINAPI GetDriveTypeA(const char* root);
DWORD WINAPI GetLogicalDriveStringsA(DWORD room, char* to);
BOOL WINAPI GetComputerNameA(char* to, DWORD* room);
BOOL WINAPI GetLogicalProcessorInformation(PVOID to, DWORD* bytes);
BOOL WINAPI GetHandleInformation(HANDLE handle, DWORD* flags);
BOOL WINAPI SetHandleInformation(HANDLE handle, DWORD mask, DWORD flags);
VOID WINAPI GetNativeSystemInfo(PVOID info);
BOOL WINAPI GetProcessAffinityMask(HANDLE process, ULONG_PTR* mask, ULONG_PTR* system_mask);

int failures;

static DWORD WINAPI spin(PVOID unused) {
  for (volatile int i = 0; i < 100000; ++i) {
  }
  return 0;
}

static void times(void) {
  uint64_t created, exited, kernel, user, before, after, process_user;
  HANDLE thread = CreateThread(0, 0, spin, 0, 0, 0);
  CHECK(GetThreadTimes(thread, &created, &exited, &kernel, &user) && exited == 0);
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(GetThreadTimes(thread, &created, &exited, &kernel, &user) && exited > created);
  CHECK(kernel + user <= exited - created && user > 0);
  CHECK(GetProcessTimes(GetCurrentProcess(), &before, &exited, &kernel, &process_user));
  CHECK(before <= created && process_user >= user);
  CHECK(!GetThreadTimes((HANDLE)0x9990, &created, &exited, &kernel, &user) &&
        GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(QueryThreadCycleTime(GetCurrentThread(), &before));
  spin(0);
  CHECK(QueryThreadCycleTime(GetCurrentThread(), &after) && after > before);
  CHECK(GetSystemTimes(&before, &kernel, &user) && kernel >= before);
}

static void processors(void) {
  ULONG_PTR mask = 0, all = 0;
  DWORD bytes = 0;
  CHECK(GetProcessAffinityMask(GetCurrentProcess(), &mask, &all) && mask == all && (all & 1));
  CHECK(SetThreadAffinityMask(GetCurrentThread(), 1) == all);
  CHECK(SetThreadAffinityMask(GetCurrentThread(), all) == 1);
  CHECK(!SetThreadAffinityMask(GetCurrentThread(), 0) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(GetCurrentProcessorNumber() < 32);
  CHECK(!GetLogicalProcessorInformation(0, &bytes) && GetLastError() == ERROR_INSUFFICIENT_BUFFER);
  CHECK(bytes && bytes % 24 == 0);
  CHECK(GetPriorityClass(GetCurrentProcess()) == 0x20);
  CHECK(SetPriorityClass(GetCurrentProcess(), 0x8000));
  CHECK(GetPriorityClass(GetCurrentProcess()) == 0x8000);
  CHECK(!SetPriorityClass(GetCurrentProcess(), 0x60) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(SetPriorityClass(GetCurrentProcess(), 0x20));
  /* Microsoft's GetNativeSystemInfo: under WOW64 it tells of the processor of the machine. */
  BOOL wow64 = 9;
  WORD info[18];
  CHECK(IsWow64Process(GetCurrentProcess(), &wow64) && (wow64 == 0 || wow64 == 1));
  GetNativeSystemInfo(info);
  CHECK(info[0] == (wow64 ? 9 : 0));
}

static void memory(void) {
  struct {
    DWORD length, load;
    uint64_t sizes[7];
  } status = {60, 0, {0}};
  DWORD old[8];
  CHECK(!GlobalMemoryStatusEx(&status) && GetLastError() == ERROR_INVALID_PARAMETER);
  status.length = 64;
  CHECK(GlobalMemoryStatusEx(&status) && status.load <= 100);
  CHECK(status.sizes[1] <= status.sizes[0] && status.sizes[4] == 0x7ffe0000u);
  CHECK(status.sizes[5] > 0x40000000 && status.sizes[5] < status.sizes[4] && !status.sizes[6]);
  GlobalMemoryStatus(old);
  CHECK(old[0] == 32 && old[6] == 0x7ffe0000u);
}

static void names(void) {
  char name[32];
  DWORD room = sizeof name;
  CHECK(GetComputerNameA(name, &room) && name[room] == 0 && room == (DWORD)lstrlenA(name));
  room = 1;
  CHECK(!GetComputerNameA(name, &room) && GetLastError() == ERROR_BUFFER_OVERFLOW && room > 1);
  CHECK((GetLogicalDrives() & 4) && GetDriveTypeA("C:\\") == 3 && GetDriveTypeA(0) == 3);
  CHECK(GetDriveTypeA("Q:\\") == 1);
  CHECK(GetLogicalDriveStringsA(sizeof name, name) >= 4);
}

static void handles(void) {
  DWORD flags = 9;
  HANDLE copy, event = CreateEventA(0, TRUE, FALSE, 0);
  CHECK(GetHandleInformation(event, &flags) && flags == 0);
  CHECK(SetHandleInformation(event, 1, 1) && GetHandleInformation(event, &flags) && flags == 1);
  CHECK(SetHandleInformation(event, 3, 2) && GetHandleInformation(event, &flags) && flags == 2);
  CHECK(!CloseHandle(event) && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &copy, 0, TRUE, 2));
  CHECK(GetHandleInformation(copy, &flags) && flags == 1 && CloseHandle(copy));
  CHECK(SetHandleInformation(event, 2, 0) && CloseHandle(event));
  CHECK(!GetHandleInformation(event, &flags) && GetLastError() == ERROR_INVALID_HANDLE);
}

/* More indices than the TEB has slots for; every thread's slot is empty after TlsFree. */
static DWORD indices[1100];
static HANDLE go_on, set;

static DWORD WINAPI keep_one(PVOID index) {
  CHECK(TlsGetValue((DWORD)index) == 0);
  CHECK(TlsSetValue((DWORD)index, (PVOID)77));
  SetEvent(set);
  WaitForSingleObject(go_on, INFINITE);
  return (DWORD)TlsGetValue((DWORD)index);
}

static void storage(void) {
  DWORD count = 0, code = 9;
  while (count < 1100 && (indices[count] = TlsAlloc()) != TLS_OUT_OF_INDEXES) ++count;
  CHECK(count > 1000 && count <= 1088);
  DWORD last = indices[count - 1];
  CHECK(last >= 64 && TlsGetValue(last) == 0 && TlsSetValue(last, (PVOID)5));
  CHECK(TlsGetValue(last) == (PVOID)5 && GetLastError() == 0);
  CHECK(!TlsSetValue(1088, 0) && GetLastError() == ERROR_INVALID_PARAMETER);
  set = CreateEventA(0, FALSE, FALSE, 0);
  go_on = CreateEventA(0, FALSE, FALSE, 0);
  HANDLE thread = CreateThread(0, 0, keep_one, (PVOID)last, 0, 0);
  WaitForSingleObject(set, INFINITE);
  CHECK(TlsFree(last) && TlsAlloc() == last && TlsGetValue(last) == 0);
  SetEvent(go_on);
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(GetExitCodeThread(thread, &code) && code == 0);
  for (DWORD i = 0; i < count; ++i) CHECK(TlsFree(indices[i]));
  CHECK(!TlsFree(last) && GetLastError() == ERROR_INVALID_PARAMETER);
}

void start(void) {
  times();
  processors();
  memory();
  names();
  handles();
  storage();
  CHECK_ENDS("machine");
}
