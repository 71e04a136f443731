/* Sections and their views: as Microsoft documents CreateFileMapping, MapViewOfFile and their kin;
 * all of it agrees with Wine 8.0. */
#include "cases/say.h"

#define ERROR_FILE_NOT_FOUND 2
#define ERROR_ACCESS_DENIED 5
#define ERROR_INVALID_PARAMETER 87
#define ERROR_ALREADY_EXISTS 183
#define ERROR_INVALID_ADDRESS 487
#define ERROR_FILE_INVALID 1006
#define ERROR_MAPPED_ALIGNMENT 1132
#define NO_FILE ((HANDLE)-1)
#define MEM_MAPPED 0x40000

HANDLE WINAPI CreateFileMappingA(HANDLE file, PVOID security, DWORD protect, DWORD high, DWORD low,
                                 const char* name);
HANDLE WINAPI OpenFileMappingA(DWORD access, BOOL inherit, const char* name);
PVOID WINAPI MapViewOfFile(HANDLE section, DWORD access, DWORD high, DWORD low, SIZE_T bytes);
PVOID WINAPI MapViewOfFileEx(HANDLE section, DWORD access, DWORD high, DWORD low, SIZE_T bytes,
                             PVOID base);
BOOL WINAPI UnmapViewOfFile(const void* address);
BOOL WINAPI FlushViewOfFile(const void* address, SIZE_T bytes);
HANDLE WINAPI CreateFileA(const char* name, DWORD access, DWORD share, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE like);
DWORD WINAPI SetFilePointer(HANDLE file, LONG low, LONG* high, DWORD method);
DWORD WINAPI GetFileSize(HANDLE file, DWORD* high);

int failures;

static void two_views(void) {
  MEMORY_BASIC_INFORMATION memory;
  HANDLE section = CreateFileMappingA(NO_FILE, 0, PAGE_READWRITE, 0, 0x18000, 0);
  volatile char* one = MapViewOfFile(section, 2, 0, 0, 0);
  volatile char* two = MapViewOfFile(section, 4, 0, 0x10000, 0x1000);
  CHECK(section && one && two && one != two && one[0] == 0);
  one[0x10000] = 'x';
  CHECK(two[0] == 'x');
  one[0x10fff] = 'y';
  CHECK(two[0xfff] == 'y');
  CHECK(VirtualQuery((PVOID)(one + 0x1000), &memory, sizeof memory));
  CHECK(memory.Type == MEM_MAPPED && memory.State == MEM_COMMIT);
  CHECK(memory.AllocationBase == (PVOID)one && memory.Protect == PAGE_READWRITE);
  CHECK(CloseHandle(section)); /* the views keep it */
  one[0x10001] = 'z';
  CHECK(two[1] == 'z' && UnmapViewOfFile((PVOID)one) && two[1] == 'z');
  CHECK(!VirtualFree((PVOID)two, 0, MEM_RELEASE) && GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(UnmapViewOfFile((PVOID)two));
  CHECK(!UnmapViewOfFile((PVOID)two) && GetLastError() == ERROR_INVALID_ADDRESS);
}

__attribute__((noinline)) static void store(volatile char* to) {
  *to = 1;
}

static void refusals(void) {
  int faulted = 0;
  HANDLE section = CreateFileMappingA(NO_FILE, 0, PAGE_READONLY, 0, 0x1000, 0);
  CHECK(section && !MapViewOfFile(section, 2, 0, 0, 0) && GetLastError() == ERROR_ACCESS_DENIED);
  char* view = MapViewOfFile(section, 4, 0, 0, 0);
  CHECK(view != 0);
  __try {
    store(view);
  } __except (GetExceptionCode() == 0xc0000005) {
    faulted = 1;
  }
  CHECK(faulted && UnmapViewOfFile(view) && CloseHandle(section));
  CHECK(!CreateFileMappingA(NO_FILE, 0, PAGE_READWRITE, 0, 0, 0));
  CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
  CHECK(!CreateFileMappingA(NO_FILE, 0, 0, 0, 0x1000, 0));
  CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
  section = CreateFileMappingA(NO_FILE, 0, PAGE_READWRITE, 0, 0x20000, 0);
  CHECK(!MapViewOfFile(section, 4, 0, 0x1000, 0) && GetLastError() == ERROR_MAPPED_ALIGNMENT);
  CHECK(!MapViewOfFile(section, 4, 0, 0, 0x30000) && GetLastError() == ERROR_ACCESS_DENIED);
  view = MapViewOfFile(section, 4, 0, 0, 0);
  CHECK(!MapViewOfFileEx(section, 4, 0, 0, 0, view) && GetLastError() == ERROR_INVALID_ADDRESS);
  CHECK(UnmapViewOfFile(view) && MapViewOfFileEx(section, 4, 0, 0, 0, view) == view);
  CHECK(UnmapViewOfFile(view + 0x1000) && CloseHandle(section));
}

static void names(void) {
  HANDLE section = CreateFileMappingA(NO_FILE, 0, PAGE_READWRITE, 0, 0x1000, "lab-section");
  CHECK(section && GetLastError() == 0);
  HANDLE again = CreateFileMappingA(NO_FILE, 0, PAGE_READWRITE, 0, 0x1000, "lab-section");
  CHECK(again && GetLastError() == ERROR_ALREADY_EXISTS);
  HANDLE opened = OpenFileMappingA(4, FALSE, "lab-section");
  char *one = MapViewOfFile(section, 2, 0, 0, 0), *two = MapViewOfFile(opened, 4, 0, 0, 0);
  one[5] = 'n';
  CHECK(two[5] == 'n' && UnmapViewOfFile(one) && UnmapViewOfFile(two));
  CHECK(CloseHandle(section) && CloseHandle(again) && CloseHandle(opened));
  CHECK(!OpenFileMappingA(4, FALSE, "lab-section") && GetLastError() == ERROR_FILE_NOT_FOUND);
}

static void files(void) {
  DWORD done = 0;
  char text[8] = {0};
  HANDLE file = CreateFileA("mapped.txt", 0xc0000000, 0, 0, 2, 0x04000000, 0);
  CHECK(!CreateFileMappingA(file, 0, PAGE_READWRITE, 0, 0, 0));
  CHECK(GetLastError() == ERROR_FILE_INVALID); /* it is empty */
  CHECK(WriteFile(file, "contents", 8, &done, 0));
  HANDLE section = CreateFileMappingA(file, 0, PAGE_READWRITE, 0, 0, 0);
  char* view = MapViewOfFile(section, 2, 0, 0, 0);
  char* copy = MapViewOfFile(section, 1, 0, 0, 0);
  CHECK(view && view[0] == 'c' && view[7] == 's' && view[8] == 0 && copy[0] == 'c');
  copy[1] = 'X'; /* nobody else sees it */
  view[0] = 'C';
  CHECK(view[1] == 'o' && FlushViewOfFile(view, 0));
  SetFilePointer(file, 0, 0, 0);
  CHECK(ReadFile(file, text, 8, &done, 0) && done == 8 && text[0] == 'C' && text[1] == 'o');
  view[7] = 'S';
  CHECK(UnmapViewOfFile(view) && UnmapViewOfFile(copy) && CloseHandle(section));
  SetFilePointer(file, 0, 0, 0);
  CHECK(ReadFile(file, text, 8, &done, 0) && text[7] == 'S');
  section = CreateFileMappingA(file, 0, PAGE_READWRITE, 0, 100, 0); /* makes it longer */
  CHECK(section && GetFileSize(file, 0) == 100 && CloseHandle(section));
  CHECK(CloseHandle(file));
}

void start(void) {
  two_views();
  refusals();
  names();
  files();
  CHECK_ENDS("sections");
}
