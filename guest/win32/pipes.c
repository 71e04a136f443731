/* Anonymous pipes between threads: as Microsoft documents CreatePipe, ReadFile, WriteFile and
 * PeekNamedPipe; all of it agrees with Wine 8.0. */
#include "cases/say.h"

#define ERROR_ACCESS_DENIED 5
#define ERROR_BROKEN_PIPE 109
#define ERROR_NO_DATA 232

BOOL WINAPI CreatePipe(HANDLE* read, HANDLE* write, const void* attributes, DWORD bytes);
BOOL WINAPI PeekNamedPipe(HANDLE pipe, PVOID buffer, DWORD bytes, DWORD* read, DWORD* available,
                          DWORD* left);
DWORD WINAPI GetFileType(HANDLE file);
BOOL WINAPI GetHandleInformation(HANDLE handle, DWORD* flags);
BOOL WINAPI SetStdHandle(DWORD which, HANDLE handle);

int failures;
static HANDLE reader, writer;
static char large[20000];

/* Slowly, so that the reader waits; then more than the pipe holds, so that the writer does. */
static DWORD WINAPI feed(PVOID unused) {
  DWORD written = 0;
  Sleep(5);
  CHECK(WriteFile(writer, "hello", 5, &written, 0) && written == 5);
  for (int i = 0; i < 20000; ++i) large[i] = (char)i;
  CHECK(WriteFile(writer, large, sizeof large, &written, 0) && written == sizeof large);
  CHECK(CloseHandle(writer));
  return 0;
}

static void transfer(void) {
  char text[64];
  DWORD got = 0, sum = 0, at = 0;
  CHECK(CreatePipe(&reader, &writer, 0, 1000) && reader != writer);
  CHECK(GetFileType(reader) == 3 && GetFileType(writer) == 3);
  HANDLE thread = CreateThread(0, 0, feed, 0, 0, 0);
  CHECK(ReadFile(reader, text, 3, &got, 0) && got == 3 && text[2] == 'l');
  CHECK(ReadFile(reader, text, 2, &got, 0) && got == 2 && text[1] == 'o');
  while (ReadFile(reader, text, sizeof text, &got, 0)) {
    for (DWORD i = 0; i < got; ++i) sum += (UCHAR)text[i] != (UCHAR)at++;
  }
  CHECK(GetLastError() == ERROR_BROKEN_PIPE && at == sizeof large && sum == 0);
  CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0 && CloseHandle(reader));
}

static void looking(void) {
  struct {
    DWORD length;
    PVOID descriptor;
    BOOL inherit;
  } attributes = {12, 0, TRUE};
  char text[8];
  DWORD got = 9, available = 9, flags = 9;
  CHECK(CreatePipe(&reader, &writer, &attributes, 0));
  CHECK(GetHandleInformation(reader, &flags) && flags == 1);
  CHECK(PeekNamedPipe(reader, text, 8, &got, &available, 0) && got == 0 && available == 0);
  CHECK(WriteFile(writer, "abcdef", 6, &got, 0));
  CHECK(PeekNamedPipe(reader, text, 4, &got, &available, 0) && got == 4 && available == 6);
  CHECK(PeekNamedPipe(reader, 0, 0, 0, &available, 0) && available == 6);
  CHECK(ReadFile(reader, text, 8, &got, 0) && got == 6 && text[5] == 'f');
  CHECK(!WriteFile(reader, "x", 1, &got, 0) && GetLastError() == ERROR_ACCESS_DENIED);
  CHECK(!ReadFile(writer, text, 1, &got, 0) && GetLastError() == ERROR_ACCESS_DENIED);
  CHECK(CloseHandle(writer));
  CHECK(!PeekNamedPipe(reader, text, 8, &got, &available, 0) &&
        GetLastError() == ERROR_BROKEN_PIPE);
  CHECK(CloseHandle(reader));
}

/* What a program writes to its standard output comes out of the pipe that it was given; the other
 * end's leaving is told to who writes. */
static void redirected(void) {
  HANDLE before = GetStdHandle(STD_OUTPUT_HANDLE), copy = 0;
  char text[8] = {0};
  DWORD got = 0;
  CHECK(CreatePipe(&reader, &writer, 0, 0) && SetStdHandle(STD_OUTPUT_HANDLE, writer));
  say("out");
  CHECK(SetStdHandle(STD_OUTPUT_HANDLE, before));
  CHECK(ReadFile(reader, text, 8, &got, 0) && got == 3 && lstrlenA(text) == 3);
  CHECK(DuplicateHandle(GetCurrentProcess(), reader, GetCurrentProcess(), &copy, 0, FALSE, 2));
  CHECK(CloseHandle(reader) && WriteFile(writer, "x", 1, &got, 0)); /* the copy reads still */
  CHECK(CloseHandle(copy));
  CHECK(!WriteFile(writer, "x", 1, &got, 0) && GetLastError() == ERROR_NO_DATA);
  CHECK(CloseHandle(writer));
}

void start(void) {
  transfer();
  looking();
  redirected();
  CHECK_ENDS("pipes");
}
