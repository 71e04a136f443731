/* Files in the guest's one folder, and names that lead out of it: as Microsoft documents each. */
#include "cases/say.h"

HANDLE WINAPI CreateFileA(const char* name, DWORD access, DWORD share, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE like);
DWORD WINAPI SetFilePointer(HANDLE file, LONG low, LONG* high, DWORD method);
DWORD WINAPI GetFileSize(HANDLE file, DWORD* high);
BOOL WINAPI SetEndOfFile(HANDLE file);
BOOL WINAPI DeleteFileA(const char* name);
BOOL WINAPI MoveFileA(const char* from, const char* to);
BOOL WINAPI CreateDirectoryA(const char* name, PVOID security);
BOOL WINAPI RemoveDirectoryA(const char* name);
DWORD WINAPI GetFileAttributesA(const char* name);
HANDLE WINAPI FindFirstFileA(const char* name, PVOID data);
BOOL WINAPI FindNextFileA(HANDLE search, PVOID data);
BOOL WINAPI FindClose(HANDLE search);
DWORD WINAPI GetFullPathNameA(const char* name, DWORD room, char* to, char** part);
UINT WINAPI GetTempFileNameA(const char* folder, const char* prefix, UINT unique, char* name);
DWORD WINAPI GetTempPathA(DWORD room, char* to);

#define READ 0x80000000u
#define WRITE 0x40000000u
#define NONE ((HANDLE)-1)

#define DIRECTORY_NAME 2
#define END_OF_FILE_CLASS 6
#define FILE_TYPE_DISK 1
#define FILE_TYPE_CHAR 2
DWORD WINAPI GetFileType(HANDLE file);
BOOL WINAPI GetConsoleMode(HANDLE console, DWORD* mode);
BOOL WINAPI GetFileInformationByHandle(HANDLE file, PVOID information);
BOOL WINAPI GetFileInformationByHandleEx(HANDLE file, ULONG what, PVOID to, DWORD bytes);
BOOL WINAPI SetFileInformationByHandle(HANDLE file, ULONG what, const void* from, DWORD bytes);
DWORD WINAPI GetFinalPathNameByHandleW(HANDLE file, WCHAR* to, DWORD room, DWORD flags);
BOOL WINAPI CopyFileA(const char* from, const char* to, BOOL fail_if_there);

int failures;
static char text[300];

static int is(const char* expected) {
  const char* at = text;
  while (*at && *at == *expected) ++at, ++expected;
  return *at == *expected;
}

static HANDLE open(const char* name, DWORD access, DWORD disposition) {
  return CreateFileA(name, access, 3, 0, disposition, 0x80, 0);
}

static void contents(void) {
  DWORD done = 0;
  CHECK(open("a.txt", READ, 3) == NONE && GetLastError() == 2);
  CHECK(open("no\\a.txt", READ, 3) == NONE && GetLastError() == 3);
  HANDLE file = open("a.txt", READ | WRITE, 1);
  CHECK(file != NONE && WriteFile(file, "hello world", 11, &done, 0) && done == 11);
  CHECK(GetFileSize(file, 0) == 11 && SetFilePointer(file, 6, 0, 0) == 6);
  CHECK(ReadFile(file, text, 100, &done, 0) && done == 5 && text[0] == 'w');
  CHECK(ReadFile(file, text, 100, &done, 0) && done == 0); /* the end */
  CHECK(SetFilePointer(file, -5, 0, 2) == 6 && SetEndOfFile(file) && GetFileSize(file, 0) == 6);
  CHECK(SetFilePointer(file, -7, 0, 1) == 0xffffffff && GetLastError() == 131);
  CHECK(SetFilePointer(file, 10, 0, 0) == 10 && WriteFile(file, "x", 1, &done, 0));
  CHECK(SetFilePointer(file, 8, 0, 0) == 8 && ReadFile(file, text, 3, &done, 0) && text[0] == 0);
  CHECK(open("A.TXT", READ, 1) == NONE && GetLastError() == 80);
  HANDLE again = open("A.TXT", READ, 4);
  CHECK(again != NONE && GetLastError() == 183);
  CHECK(!WriteFile(again, "x", 1, &done, 0) && GetLastError() == 5);
  CHECK(CreateFileA("a.txt", READ, 0, 0, 3, 0, 0) == NONE && GetLastError() == 32);
  CHECK(CloseHandle(file) && CloseHandle(again));
  CHECK(open("a.txt", WRITE, 5) != NONE); /* truncated; left open to the end */
}

static void names(void) {
  CHECK(CreateDirectoryA("dir", 0) && !CreateDirectoryA("DIR", 0) && GetLastError() == 183);
  CHECK(GetFileAttributesA("dir") == 0x10 && GetFileAttributesA("nothing") == 0xffffffff);
  CloseHandle(open("dir\\b.txt", WRITE, 2));
  CloseHandle(open("dir/Az.txt", WRITE, 2));
  CloseHandle(open("dir\\c.dat", WRITE, 2));
  CHECK(!RemoveDirectoryA("dir") && GetLastError() == 145);
  CHECK(!DeleteFileA("dir") && GetLastError() == 5);
  static char data[320];
  HANDLE search = FindFirstFileA("dir\\*.txt", data);
  CHECK(search != NONE && data[44] == 'A' && FindNextFileA(search, data) && data[44] == 'b');
  CHECK(!FindNextFileA(search, data) && GetLastError() == 18 && FindClose(search));
  CHECK(FindFirstFileA("dir\\*.none", data) == NONE && GetLastError() == 2);
  CHECK(MoveFileA("dir\\b.txt", "moved.txt") && GetFileAttributesA("moved.txt") == 0x20);
  CHECK(!MoveFileA("moved.txt", "dir\\c.dat") && GetLastError() == 183);
  CHECK(DeleteFileA("dir\\az.TXT") && DeleteFileA("dir\\c.dat") && RemoveDirectoryA("dir"));
  CHECK(GetFullPathNameA("x\\..\\.\\y. ", 300, text, 0) == 8 && is("C:\\lab\\y"));
  CHECK(GetFullPathNameA("..\\..\\..\\z", 300, text, 0) && is("C:\\z"));
  CHECK(GetTempPathA(300, text) == 7 && is("C:\\lab\\"));
  CHECK(GetTempFileNameA("C:\\lab", "abcd", 0x1f, text) == 0x1f && is("C:\\lab\\abc1F.TMP"));
  CHECK(GetTempFileNameA(".", "t", 0, text) && GetFileAttributesA(text) == 0x20);
}

/* Nothing outside C:\lab is there, whatever it is called. */
static void hostile(void) {
  static const char* const names[] = {"..\\..\\etc\\passwd",
                                      "C:\\etc\\passwd",
                                      "C:..\\x",
                                      "D:\\x",
                                      "\\\\server\\share\\x",
                                      "/etc/passwd",
                                      "\\\\?\\C:\\etc\\x",
                                      "\\\\.\\C:",
                                      "NUL",
                                      "dir\\con.txt",
                                      "a:b",
                                      "a.txt:stream",
                                      "x|y",
                                      "\\\\?\\C:\\lab\\..\\x",
                                      "",
                                      "C:\\lab\\..\\..\\x",
                                      "\\\\.\\PhysicalDrive0",
                                      "COM1",
                                      "..",
                                      "a\x01"};
  for (ULONG i = 0; i < sizeof names / sizeof names[0]; ++i) {
    HANDLE file = open(names[i], WRITE, 2);
    if (file != NONE) say(names[i]);
    CHECK(file == NONE && GetLastError() != 0);
    CHECK(!CreateDirectoryA(names[i], 0));
  }
}

/* What BY_HANDLE_FILE_INFORMATION tells, and its kin. */
static void by_handle(void) {
  DWORD done = 0, all[13], other[13];
  HANDLE file = open("kept.txt", READ | WRITE, 1);
  CHECK(file != NONE && WriteFile(file, "12345", 5, &done, 0));
  CHECK(GetFileInformationByHandle(file, all) && all[0] == 0x20 && all[9] == 5 && all[10] == 1);
  HANDLE again = open("KEPT.TXT", READ, 3);
  CHECK(GetFileInformationByHandle(again, other) && all[7] == other[7]); /* the volume */
  CHECK(all[11] == other[11] && all[12] == other[12]);                   /* the file's number */
  HANDLE another = open("other.txt", WRITE, 1);
  CHECK(GetFileInformationByHandle(another, other) && all[12] != other[12]);
  CHECK(CloseHandle(another) && CloseHandle(again));
  WCHAR path[64];
  CHECK(GetFinalPathNameByHandleW(file, path, 64, 0) == 19 && path[0] == '\\' && path[4] == 'C');
  CHECK(path[18] == 't' && path[19] == 0 && GetFinalPathNameByHandleW(file, path, 5, 0) == 20);
  struct {
    DWORD bytes;
    WCHAR text[32];
  } name;
  CHECK(GetFileInformationByHandleEx(file, DIRECTORY_NAME, &name, sizeof name));
  CHECK(name.bytes == 26 && name.text[0] == '\\' && name.text[5] == 'k');
  LARGE_INTEGER end = 2;
  CHECK(SetFileInformationByHandle(file, END_OF_FILE_CLASS, &end, sizeof end));
  CHECK(GetFileSize(file, 0) == 2 && CloseHandle(file));
  CHECK(CopyFileA("kept.txt", "copy.txt", TRUE) && !CopyFileA("kept.txt", "copy.txt", TRUE));
  CHECK(GetLastError() == 80 && CopyFileA("kept.txt", "copy.txt", FALSE));
  file = open("copy.txt", READ, 3);
  CHECK(GetFileType(file) == FILE_TYPE_DISK);
  CHECK(ReadFile(file, text, 10, &done, 0) && done == 2 && text[1] == '2' && CloseHandle(file));
  CHECK(!GetFileInformationByHandle(file, all) && GetLastError() == 6);
}

/* The console's streams are handles like others: they have duplicates, and can be closed. */
static void console(void) {
  DWORD done, mode;
  HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE), second = 0;
  CHECK(GetFileType(output) == FILE_TYPE_CHAR && GetConsoleMode(output, &mode) && mode == 3);
  CHECK(DuplicateHandle(GetCurrentProcess(), output, GetCurrentProcess(), &second, 0, FALSE, 2));
  CHECK(second != output && GetConsoleMode(second, &mode) && mode == 3);
  CHECK(WriteFile(second, "second\n", 7, &done, 0) && done == 7 && CloseHandle(second));
  CHECK(!WriteFile(second, "x", 1, &done, 0) && GetLastError() == 6);
  HANDLE named = CreateFileA("CONOUT$", READ | WRITE, 3, 0, 3, 0, 0);
  CHECK(named != NONE && named != output && GetConsoleMode(named, &mode) && mode == 3);
  CHECK(WriteFile(named, "named\n", 6, &done, 0) && CloseHandle(named));
  HANDLE input = CreateFileA("conin$", READ, 3, 0, 3, 0, 0);
  CHECK(input != NONE && GetConsoleMode(input, &mode) && mode == 0x1f7);
  CHECK(WaitForSingleObject(input, 0) == WAIT_OBJECT_0);
  CHECK(!WriteFile(input, "x", 1, &done, 0) && GetLastError() == 5 && CloseHandle(input));
  HANDLE error = GetStdHandle(STD_ERROR_HANDLE);
  CHECK(CloseHandle(error) && !WriteFile(error, "x", 1, &done, 0) && GetLastError() == 6);
}

void start(void) {
  by_handle();
  console();
  contents();
  names();
  hostile();
  CHECK_ENDS("files");
}
