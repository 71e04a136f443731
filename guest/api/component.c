/* component.dll: what a DLL under test may have. Every function says what it does; the tests of the
 * library (tests/api) take their expectations from here. */
#include <stdint.h>
#include <string.h>

#include "system/win32.h"

#define EXPORT __declspec(dllexport)
#define NOINLINE __attribute__((noinline))

/* Of a DLL that exists nowhere. */
__declspec(dllimport) int WINAPI FetchRow(int id, uint8_t* into, int size);

HANDLE WINAPI CreateFileA(const char* name, DWORD access, DWORD share, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE from);

static int calls;

/* How often it was called in this process. */
EXPORT int CountCalls(void) {
  return ++calls;
}

EXPORT int WINAPI Weigh(int a, int b, int c) {
  return a + 10 * b + 100 * c;
}

EXPORT int __attribute__((fastcall)) WeighFast(int a, int b, int c) {
  return a + 10 * b + 100 * c;
}

EXPORT double Half(double value) {
  return value / 2;
}

EXPORT uint64_t Twice(uint64_t value) {
  return 2 * value;
}

static NOINLINE int sum_of(const uint8_t* data) {
  int sum = 0;
  for (int i = 1; i <= data[0]; ++i) sum += data[i];
  return sum;
}

/* The header of a record: a length, and as many bytes behind it, of which this gives the sum. What
 * lies beyond the data gives -1. */
EXPORT NOINLINE int ParseHeader(const uint8_t* data) {
  __try {
    return sum_of(data);
  } __except (GetExceptionCode() == 0xc0000005 /* STATUS_ACCESS_VIOLATION */
                  ? EXCEPTION_EXECUTE_HANDLER
                  : EXCEPTION_CONTINUE_SEARCH) {
    return -1;
  }
}

/* Turns the letters of a text into capitals, in place. */
EXPORT int Shout(char* text) {
  int count = 0;
  for (; *text; ++text) {
    if (*text < 'a' || *text > 'z') continue;
    *text = (char)(*text - 'a' + 'A');
    ++count;
  }
  return count;
}

typedef int (*VISITOR)(int index);

/* Calls it with 0, 1, …; an exception in it ends the visit. Gives how many were visited. */
EXPORT NOINLINE int Visit(VISITOR visitor, int count) {
  volatile int visited = 0;
  __try {
    for (int i = 0; i < count; ++i) {
      visitor(i);
      ++visited;
    }
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return 100 + visited;
  }
  return visited;
}

/* A visitor: raises E0000007 at index 2. */
EXPORT int Picky(int index) {
  if (index == 2) RaiseException(0xe0000007, 0, 0, 0);
  return index;
}

/* Row `id` as FetchRow gives it: the sum of its bytes; -1 when it fails, -2 when it raises. */
EXPORT NOINLINE int SumRow(int id) {
  uint8_t row[8];
  memset(row, 0, sizeof row);
  __try {
    if (!FetchRow(id, row, sizeof row)) return -1;
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return -2;
  }
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += row[i];
  return sum;
}

/* Why a file does not open: GetLastError. */
EXPORT DWORD AskError(void) {
  HANDLE file = CreateFileA("C:\\lab\\row.txt", 0x80000000 /* GENERIC_READ */, 0, 0,
                            3 /* OPEN_EXISTING */, 0, 0);
  return file == (HANDLE)-1 ? GetLastError() : 0;
}

/* What one read of standard input gives, and how many bytes that were. */
EXPORT int ReadInput(char* into, int size) {
  DWORD read = 0;
  ReadFile(GetStdHandle(STD_INPUT_HANDLE), into, (DWORD)size, &read, 0);
  return (int)read;
}

/* Makes C:\lab\new.txt of a text. 1, or 0 when it cannot be. */
EXPORT int WriteNew(const char* text) {
  DWORD length = 0, written = 0;
  HANDLE file = CreateFileA("C:\\lab\\new.txt", 0x40000000 /* GENERIC_WRITE */, 0, 0,
                            2 /* CREATE_ALWAYS */, 0, 0);
  if (file == (HANDLE)-1) return 0;
  while (text[length]) ++length;
  return WriteFile(file, text, length, &written, 0) && CloseHandle(file);
}

EXPORT void Spin(void) {
  for (;;) __asm__ volatile("");
}

EXPORT void Die(void) {
  ExitProcess(7);
}

struct record {
  ULONG next;
  void* handler;
};

static int never(void) {
  return 1;
}

static NOINLINE void link_one(void) {
  struct record record = {teb_read(0), (void*)never};
  teb_write(0, (ULONG)&record);
}

/* Leaves a record of a frame that is gone in fs:[0]. */
EXPORT int Leak(void) {
  link_one();
  return 1;
}

/* 16 times what is in ECX, and what is in EDX. */
EXPORT __attribute__((naked)) int InRegisters(void) {
  __asm__("shll $4, %ecx; leal (%ecx,%edx), %eax; ret");
}

/* A far jump cannot go to a register: #UD (Intel SDM vol. 2, JMP). */
EXPORT void JumpFarToRegister(void) {
  __asm__ volatile(".byte 0xff, 0xed");
}
