/* Modules by name and handle, TLS slots, the command line, standard handles: results and
 * last-error values as documented, and the same under Wine 8.0 but for one line. */
#include "cases/say.h"

#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87
#define ERROR_MOD_NOT_FOUND 126
#define ERROR_PROC_NOT_FOUND 127
#define ERROR_BAD_EXE_FORMAT 193

int failures;

static int ends_with(const char* text, const char* end) {
  int at = lstrlenA(text) - lstrlenA(end);
  if (at < 0) return 0;
  for (int i = 0; end[i]; ++i) {
    if ((text[at + i] | 0x20) != (end[i] | 0x20)) return 0;
  }
  return 1;
}

static void modules(void) {
  HMODULE kernel32 = GetModuleHandleA("kernel32");
  CHECK(kernel32 && kernel32 == GetModuleHandleA("KERNEL32.DLL"));
  CHECK(kernel32 == LoadLibraryA("kernel32.dll"));
  CHECK(FreeLibrary(kernel32) && GetModuleHandleA("kernel32") == kernel32);
  CHECK(GetModuleHandleA(0) == (HMODULE)0x400000);
  CHECK(!GetModuleHandleA("nosuch") && GetLastError() == ERROR_MOD_NOT_FOUND);
  CHECK(!LoadLibraryA("nosuch.dll") && GetLastError() == ERROR_MOD_NOT_FOUND);
  CHECK(!LoadLibraryA("not_an_image.dll") && GetLastError() == ERROR_BAD_EXE_FORMAT);
  CHECK(GetProcAddress(kernel32, "NoSuchFunction") == 0);
  CHECK(GetLastError() == ERROR_PROC_NOT_FOUND);
  DWORD(WINAPI * process_id)(void) = GetProcAddress(kernel32, "GetCurrentProcessId");
  CHECK(process_id && process_id() == GetCurrentProcessId());
  CHECK(!FreeLibrary((HMODULE)0x12340000) && GetLastError() == ERROR_MOD_NOT_FOUND);
}

/* Loading a DLL, using it, and unloading it with its last user, over and over. */
static void loading(void) {
  for (int i = 0; i < 5; ++i) {
    HMODULE first = LoadLibraryA("user32.dll"), second = LoadLibraryA("USER32");
    CHECK(first && first == second);
    CHECK(GetProcAddress(first, "EnumWindows") != 0);
    CHECK(FreeLibrary(first) && GetModuleHandleA("user32") == first);
    CHECK(FreeLibrary(first));
  }
}

/* An API set's name gives the DLL that hosts it ("Windows API sets"). */
static void api_sets(void) {
  HMODULE host = GetModuleHandleA("kernelbase.dll");
  CHECK(!host && !GetModuleHandleA("api-ms-win-core-synch-l1-2-0"));
  host = LoadLibraryA("api-ms-win-core-synch-l1-2-0.dll");
  CHECK(host && host == GetModuleHandleA("kernelbase.dll"));
  CHECK(host == GetModuleHandleA("API-MS-Win-Core-File-L1-1-0"));
  CHECK(GetProcAddress(host, "SetEvent") != 0);
  CHECK(FreeLibrary(host) && !GetModuleHandleA("kernelbase.dll"));
}

/* ntdll's own look at an image (Microsoft's documentation of the PE format gives the offsets). */
static void headers(void) {
  HMODULE ntdll = GetModuleHandleA("ntdll");
  PVOID(WINAPI * nt_header)(PVOID) = GetProcAddress(ntdll, "RtlImageNtHeader");
  PVOID(WINAPI * directory)
  (PVOID, int, int, DWORD*) = GetProcAddress(ntdll, "RtlImageDirectoryEntryToData");
  PVOID(WINAPI * module_of)(PVOID, PVOID*) = GetProcAddress(ntdll, "RtlPcToFileHeader");
  char* base = (char*)GetModuleHandleA(0);
  DWORD size = 0;
  PVOID found = 0;
  CHECK(nt_header(base) == base + *(DWORD*)(base + 0x3c));
  CHECK(nt_header(0) == 0);
  CHECK(module_of((PVOID)headers, &found) == base && found == base);
  CHECK(module_of((PVOID)nt_header, &found) == ntdll && found == ntdll);
  CHECK(module_of(&found, &found) == 0 && found == 0);
  char* imports = directory(base, 1, 1, &size);
  CHECK(imports == base + *(DWORD*)((char*)nt_header(base) + 0x80) && size != 0);
  CHECK(directory(base, 1, 15, &size) == 0); /* the last directory is reserved */
  CHECK(directory(base, 1, 16, &size) == 0);
}

static void paths(void) {
  char path[MAX_PATH], part[4] = "xyz";
  DWORD length = GetModuleFileNameA(0, path, sizeof path);
  CHECK(length == (DWORD)lstrlenA(path) && ends_with(path, "module_functions.exe"));
  CHECK(path[1] == ':' && path[2] == '\\');
  /* The zero has been there since Windows Vista; Wine 8.0 leaves it out. */
  CHECK(GetModuleFileNameA(0, part, sizeof part) == sizeof part && part[3] == 0);
  CHECK(GetLastError() == 122); /* ERROR_INSUFFICIENT_BUFFER */
}

static DWORD WINAPI look_at_slot(PVOID slot) {
  if (TlsGetValue((DWORD)slot) != 0) return 1;
  TlsSetValue((DWORD)slot, (PVOID)5);
  return TlsGetValue((DWORD)slot) == (PVOID)5 ? 0 : 2;
}

static void slots(void) {
  DWORD code = 99, slot = TlsAlloc();
  CHECK(slot != TLS_OUT_OF_INDEXES && TlsGetValue(slot) == 0);
  CHECK(TlsSetValue(slot, (PVOID)7));
  HANDLE thread = CreateThread(0, 0, look_at_slot, (PVOID)slot, 0, 0);
  WaitForSingleObject(thread, INFINITE);
  CHECK(GetExitCodeThread(thread, &code) && code == 0);
  SetLastError(5);
  CHECK(TlsGetValue(slot) == (PVOID)7 && GetLastError() == 0);
  CHECK(TlsFree(slot));
  CHECK(!TlsSetValue(0x7fffffff, 0) && GetLastError() == ERROR_INVALID_PARAMETER);
}

static void streams(void) {
  DWORD written = 99;
  HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE);
  CHECK(output != GetStdHandle(STD_ERROR_HANDLE));
  CHECK(GetStdHandle(77) == (HANDLE)-1 && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(!WriteFile((HANDLE)0x7777, "x", 1, &written, 0) && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(written == 0);
  CHECK(WriteFile(output, "", 0, &written, 0) && written == 0);
}

static void command_line(void) {
  const char* line = GetCommandLineA();
  const WCHAR* wide = GetCommandLineW();
  int length = 0;
  CHECK(line && wide && line == GetCommandLineA());
  while (wide[length]) ++length;
  CHECK(length == lstrlenA(line) && length > 0);
}

static void the_rest(void) {
  CHECK(lstrlenA(0) == 0 && lstrlenA("abc") == 3);
  volatile LONG number = 5;
  CHECK(InterlockedIncrement(&number) == 6 && InterlockedDecrement(&number) == 5);
  CHECK(InterlockedExchange(&number, 9) == 5 && InterlockedExchangeAdd(&number, 2) == 9);
  CHECK(InterlockedCompareExchange(&number, 1, 11) == 11 && number == 1);
  CHECK(InterlockedCompareExchange(&number, 3, 2) == 1 && number == 1);
  SetErrorMode(0);
  CHECK(SetErrorMode(SEM_NOGPFAULTERRORBOX) == 0 && GetErrorMode() == SEM_NOGPFAULTERRORBOX);
  CHECK(!IsDebuggerPresent());
  OutputDebugStringA("nobody reads this");
  CHECK(lstrlenA((const char*)0x10) == 0);
}

void start(void) {
  modules();
  loading();
  headers();
  api_sets();
  paths();
  slots();
  streams();
  command_line();
  the_rest();
  CHECK_ENDS("module_functions");
}
