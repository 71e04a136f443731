/* The console's settings, standard handles, modules by address: as Microsoft documents each
 * function; error values also from Wine 8.0. */
#include "cases/say.h"
#include "system/win32_strings.h"

#define ERROR_INVALID_HANDLE 6
#define ERROR_INVALID_PARAMETER 87
#define ERROR_MOD_NOT_FOUND 126

UINT WINAPI GetConsoleCP(void);
UINT WINAPI GetConsoleOutputCP(void);
BOOL WINAPI SetConsoleCP(UINT page);
BOOL WINAPI SetConsoleOutputCP(UINT page);
BOOL WINAPI GetConsoleScreenBufferInfo(HANDLE console, PVOID information);
BOOL WINAPI SetConsoleTextAttribute(HANDLE console, WORD attributes);
BOOL WINAPI SetConsoleTitleA(const char* title);
DWORD WINAPI GetConsoleTitleA(char* title, DWORD room);
BOOL WINAPI ReadConsoleA(HANDLE console, PVOID to, DWORD count, DWORD* read, PVOID control);
BOOL WINAPI ReadConsoleW(HANDLE console, PVOID to, DWORD count, DWORD* read, PVOID control);
BOOL WINAPI SetStdHandle(DWORD which, HANDLE handle);
UINT WINAPI SetHandleCount(UINT count);
BOOL WINAPI GetModuleHandleExA(DWORD flags, const char* name, HMODULE* module);
BOOL WINAPI GetModuleHandleExW(DWORD flags, const WCHAR* name, HMODULE* module);
NORETURN VOID WINAPI FreeLibraryAndExitThread(HMODULE module, DWORD code);
BOOL WINAPI SetDefaultDllDirectories(DWORD flags);
BOOL WINAPI SetDllDirectoryA(const char* name);

int failures;

static void settings(void) {
  HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE), in = GetStdHandle(STD_INPUT_HANDLE);
  int16_t info[11];
  char title[16];
  CHECK(GetConsoleCP() == 437 && GetConsoleOutputCP() == 437);
  CHECK(SetConsoleOutputCP(65001) && GetConsoleOutputCP() == 65001 && GetConsoleCP() == 437);
  CHECK(!SetConsoleCP(99999) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(GetConsoleScreenBufferInfo(out, info) && info[0] == 80 && info[1] == 25);
  CHECK(info[4] == 7 && info[7] == 79 && info[8] == 24);
  CHECK(SetConsoleTextAttribute(out, 0x1e) && GetConsoleScreenBufferInfo(out, info));
  CHECK(info[4] == 0x1e);
  CHECK(!GetConsoleScreenBufferInfo(in, info) && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(!SetConsoleTextAttribute((HANDLE)0x1234, 7) && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(SetConsoleTitleA("a title") && GetConsoleTitleA(title, sizeof title) == 7);
  CHECK(lstrcmpA(title, "a title") == 0);
}

static void input(void) {
  HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE), in = GetStdHandle(STD_INPUT_HANDLE);
  char bytes[8];
  WCHAR wide[8];
  DWORD read = 9;
  /* A scenario's standard input is empty. */
  CHECK(ReadConsoleA(in, bytes, sizeof bytes, &read, 0) && read == 0);
  CHECK(ReadConsoleW(in, wide, 8, &read, 0) && read == 0);
  CHECK(!ReadConsoleW(out, wide, 8, &read, 0) && GetLastError() == ERROR_INVALID_HANDLE);
}

static void handles(void) {
  HANDLE error = GetStdHandle(STD_ERROR_HANDLE), out = GetStdHandle(STD_OUTPUT_HANDLE);
  CHECK(SetStdHandle(STD_ERROR_HANDLE, out) && GetStdHandle(STD_ERROR_HANDLE) == out);
  CHECK(SetStdHandle(STD_ERROR_HANDLE, error) && GetStdHandle(STD_ERROR_HANDLE) == error);
  CHECK(!SetStdHandle(5, out) && GetLastError() == ERROR_INVALID_HANDLE);
  CHECK(SetHandleCount(32) == 32);
}

static DWORD WINAPI free_and_exit(PVOID module) {
  FreeLibraryAndExitThread(module, 44);
}

static void modules(void) {
  static const WCHAR kernel32[] = L"kernel32.dll";
  HMODULE module = 0, kernel = GetModuleHandleA("kernel32.dll");
  DWORD code = 0;
  CHECK(GetModuleHandleExW(0, kernel32, &module) && module == kernel);
  CHECK(GetModuleHandleExA(2, "KERNEL32", &module) && module == kernel);
  CHECK(GetModuleHandleExW(0, 0, &module) && module == GetModuleHandleA(0));
  CHECK(GetModuleHandleExA(4 | 2, (const char*)modules, &module) && module == GetModuleHandleA(0));
  CHECK(GetModuleHandleExA(4 | 1, (const char*)GetProcAddress(kernel, "Sleep"), &module));
  CHECK(module == kernel);
  CHECK(!GetModuleHandleExA(0, "nosuch", &module) && GetLastError() == ERROR_MOD_NOT_FOUND);
  CHECK(module == 0);
  CHECK(!GetModuleHandleExA(4, (const char*)16, &module) && GetLastError() == ERROR_MOD_NOT_FOUND);
  CHECK(!GetModuleHandleExA(3, "kernel32", &module) && GetLastError() == ERROR_INVALID_PARAMETER);
  /* Two references: FreeLibraryAndExitThread takes one, UNCHANGED_REFCOUNT added none. */
  HMODULE library = LoadLibraryA("winmm.dll");
  CHECK(library && GetModuleHandleExA(0, "winmm", &module) && module == library);
  CHECK(GetModuleHandleExA(2, "winmm", &module));
  HANDLE thread = CreateThread(0, 0, free_and_exit, library, 0, 0);
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
  CHECK(GetExitCodeThread(thread, &code) && code == 44 && GetModuleHandleA("winmm") == library);
  CHECK(FreeLibrary(library) && !GetModuleHandleA("winmm"));
  CHECK(SetDefaultDllDirectories(0x1000) && SetDllDirectoryA("") && SetDllDirectoryA(0));
  CHECK(!SetDefaultDllDirectories(0) && GetLastError() == ERROR_INVALID_PARAMETER);
}

void start(void) {
  settings();
  input();
  handles();
  modules();
  CHECK_ENDS("console");
}
